using JobServer.Portal.CodeHosts;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Workspaces;

/// <summary>Whether a repository and branch can be the code of a workspace.</summary>
internal sealed class RepositoryCheck(CodeHostRouter router, IOptions<CodeHostOptions> limits, TimeProvider time)
{
    public const string ProjectFile = "project.yaml";

    /// <summary>The repository, when its branch exists and has a <c>project.yaml</c>; otherwise what is wrong.</summary>
    public async Task<CodeHostResult<CodePlace>> CheckAsync(string? address, string branch, string? token, CancellationToken cancellation)
    {
        var found = router.Find(address);
        if (found.Value is not { } place)
        {
            return found;
        }

        // One deadline over all the questions: a person waits for the page.
        using var late = new CancellationTokenSource(limits.Value.Deadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            return await LookAsync(place, branch, place.Host.TakesTokens ? token : null, stop.Token) is { } problem ? problem : found;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new CodeHostProblem(CodeHostFailure.HostUnavailable, "The code host does not answer at the moment. Try again in a minute.");
        }
    }

    /// <summary>The repository without a look at it, when its address and the branch's name can be ones at all.</summary>
    public CodeHostResult<CodePlace> Trust(string? address, string branch)
    {
        var found = router.Find(address);
        return found.Value is not null && !RepositoryNames.IsBranch(branch) ? CodeHostProblems.NoBranchName(branch) : found;
    }

    private static async Task<CodeHostProblem?> LookAsync(CodePlace place, string branch, string? token, CancellationToken cancellation)
    {
        var head = await place.Host.ResolveAsync(place.Repository, branch, token, cancellation);
        if (head.Value is not { } commit)
        {
            return head.Problem is { Failure: CodeHostFailure.BranchNotFound } absent
                ? await NameOthersAsync(place, branch, absent, token, cancellation)
                : head.Problem;
        }

        var file = await place.Host.ReadFileAsync(place.Repository, commit, ProjectFile, token, cancellation);
        return file.Problem is { Failure: CodeHostFailure.FileNotFound } problem
            ? problem with { Message = $"Branch '{branch}' has no {ProjectFile} at its top. Add one that names the study's actions, push it, and try again." }
            : file.Problem;
    }

    private static async Task<CodeHostProblem> NameOthersAsync(
        CodePlace place, string branch, CodeHostProblem absent, string? token, CancellationToken cancellation)
    {
        var listed = await place.Host.ListBranchesAsync(place.Repository, token, cancellation);
        return listed.Value is { } branches ? absent with { Message = absent.Message + NearBranches.Sentence(branch, branches) } : absent;
    }
}
