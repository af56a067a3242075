using JobServer.Portal.CodeHosts;

namespace JobServer.Portal.Workspaces;

/// <summary>A repository and branch as a page shows them.</summary>
/// <param name="Text">The address without its scheme.</param>
/// <param name="Address">Where a person sees the repository; null where there is no such place.</param>
/// <param name="BranchAddress">Where a person sees the branch; null where there is no such place.</param>
/// <param name="TakesTokens">A token may be needed to read it.</param>
internal sealed record RepositoryLink(string Text, string? Address, string? BranchAddress, bool TakesTokens)
{
    public static RepositoryLink Of(CodeHostRouter router, string repository, string branch)
    {
        var text = repository[(repository.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..];
        if (router.Find(repository).Value is not { } place)
        {
            // No host of this site knows the address any more, so nobody can say that it is safe to follow.
            return new RepositoryLink(text, null, null, TakesTokens: true);
        }

        var onWeb = place.Host.BranchAddress(place.Repository, branch);
        return new RepositoryLink(text, onWeb is null ? null : place.Repository.Address.AbsoluteUri, onWeb?.AbsoluteUri, place.Host.TakesTokens);
    }
}
