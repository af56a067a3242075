using JobServer.Domain.Pipelines;
using JobServer.Portal.CodeHosts;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Studies;

/// <summary>Reads the project.yaml of a branch and holds it to the site's rules.</summary>
internal sealed class ProjectFiles(CodeHostRouter hosts, IOptions<PipelineOptions> options)
{
    public const string Name = "project.yaml";

    public Task<CodeHostResult<ProjectFile>> ReadHeadAsync(
        string repository, string branch, string? token, CancellationToken cancellationToken) =>
        ReadAsync(repository, branch, commit: null, dialect: null, token, cancellationToken);

    /// <summary>
    /// At a commit that the branch has, or at its head when <paramref name="commit"/> is null. A commit that is not on
    /// the branch is refused: a pull request of anybody makes its commits visible in a repository. It is held to the rules of
    /// <paramref name="dialect"/>, or to the site's when that is null.
    /// </summary>
    public async Task<CodeHostResult<ProjectFile>> ReadAsync(
        string repository, string branch, string? commit, PipelineDialect? dialect, string? token, CancellationToken cancellationToken)
    {
        var found = hosts.Find(repository);
        if (found.Value is not { } place)
            return found.Problem!;
        var usable = place.Host.TakesTokens ? token : null;
        var resolved = await place.Host.ResolveAsync(place.Repository, branch, usable, cancellationToken);
        if (resolved.Value is not { } head)
            return resolved.Problem!;
        var chosen = commit is null ? head : new CodeCommit(commit);
        if (chosen != head)
        {
            if (!CodeCommit.IsSha(chosen.Sha))
                return NotOnBranch(branch, "That");
            var onBranch = await place.Host.CommitIsOnBranchAsync(place.Repository, chosen, branch, usable, cancellationToken);
            if (onBranch.Value is not { } answer)
                return onBranch.Problem!;
            if (!answer.Yes)
                return NotOnBranch(branch, $"Commit {chosen.Short}");
        }

        var file = await place.Host.ReadFileAsync(place.Repository, chosen, Name, usable, cancellationToken);
        if (file.Value is not { } bytes)
        {
            return file.Problem!.Failure == CodeHostFailure.FileNotFound
                ? file.Problem with { Message = $"Branch '{branch}' has no {Name} at its top (commit {chosen.Short})." }
                : file.Problem;
        }

        var rules = dialect ?? options.Value.Dialect;
        return new ProjectFile
        {
            Place = place,
            Commit = chosen,
            Head = head,

            // Some databases refuse a NUL in text.
            Text = SourceText.Decode(bytes).Replace('\0', '\uFFFD'),
            Dialect = rules,
            Reading = PipelineReader.Read(bytes, rules),
        };
    }

    /// <summary>The newest commits of the branch that the file is of; none where the code host does not say.</summary>
    public async Task<IReadOnlyList<CommitLine>> ListCommitsAsync(ProjectFile file, int most, string? token, CancellationToken cancellationToken)
    {
        var (host, repository) = (file.Place.Host, file.Place.Repository);
        var found = await host.ListCommitsAsync(repository, file.Head, most, host.TakesTokens ? token : null, cancellationToken);
        return found.Value ?? [];
    }

    private static CodeHostProblem NotOnBranch(string branch, string commit) => new(
        CodeHostFailure.CommitNotOnBranch,
        $"{commit} is not on branch '{branch}': it may have been replaced by a forced push. Choose one of the branch's commits.");
}
