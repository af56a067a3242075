using JobServer.Portal.CodeHosts;

namespace JobServer.Portal.Workspaces;

/// <summary>Whether a repository and branch can be the code of a workspace.</summary>
internal sealed class RepositoryCheck(CodeHostRouter router)
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

        var usable = place.Host.TakesTokens ? token : null;
        var head = await place.Host.ResolveAsync(place.Repository, branch, usable, cancellation);
        if (head.Value is not { } commit)
        {
            return head.Problem!;
        }

        var file = await place.Host.ReadFileAsync(place.Repository, commit, ProjectFile, usable, cancellation);
        return file.Problem switch
        {
            null => place,
            { Failure: CodeHostFailure.FileNotFound } problem => problem with
            {
                Message = $"Branch '{branch}' has no {ProjectFile} at its top. Add one that names the study's actions, push it, and try again.",
            },
            var problem => problem,
        };
    }
}
