using JobServer.Domain.Applications.Forms;
using JobServer.Domain.Workspaces;
using JobServer.Portal.CodeHosts;

namespace JobServer.Portal.Workspaces;

/// <summary>What is wrong with what was typed into the forms of workspaces, before anybody else is asked.</summary>
internal static class WorkspaceFields
{
    public const int PurposeMaxLength = 2_000;

    public static string? RepositoryProblem(string? repository) => repository?.Trim() switch
    {
        null or "" => "Enter the address of the repository.",
        { Length: > Workspace.RepositoryMaxLength } => $"An address has at most {Workspace.RepositoryMaxLength} characters.",
        _ => null,
    };

    public static string? BranchProblem(string branch) => branch switch
    {
        "" => "Enter the name of a branch, for example main.",
        { Length: > Workspace.BranchMaxLength } => $"The name of a branch has at most {Workspace.BranchMaxLength} characters.",
        _ => null,
    };

    public static string? PurposeProblem(string purpose) => purpose switch
    {
        { Length: > PurposeMaxLength } => $"The purpose has at most {PurposeMaxLength} characters; this one has {purpose.Length}.",
        _ when FieldRules.HasUnseen(purpose.ReplaceLineEndings("\n"), allowsLines: true) => "The purpose has characters that cannot be shown. Type it anew.",
        _ => null,
    };

    /// <summary>The field that a problem is about; empty for the whole form.</summary>
    public static string FieldOf(CodeHostFailure failure) => failure switch
    {
        CodeHostFailure.BranchNotFound or CodeHostFailure.FileNotFound => "Input.Branch",
        CodeHostFailure.TokenWithoutAccess => "Input.Token",
        CodeHostFailure.NotARepositoryAddress or CodeHostFailure.RepositoryNotFoundOrPrivate => "Input.Repository",
        _ => "",
    };

    /// <summary>
    /// The repository could not be looked at, which does not say that it cannot be used: the person may go on without.
    /// </summary>
    public static bool MayGoOnUnread(CodeHostFailure failure) => failure
        is CodeHostFailure.RepositoryNotFoundOrPrivate or CodeHostFailure.TokenWithoutAccess
        or CodeHostFailure.RateLimited or CodeHostFailure.HostUnavailable;
}
