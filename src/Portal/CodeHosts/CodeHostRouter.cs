namespace JobServer.Portal.CodeHosts;

/// <summary>Finds the code host of an address.</summary>
public sealed class CodeHostRouter(IEnumerable<ICodeHost> hosts)
{
    private readonly ICodeHost[] _hosts = [.. hosts];

    /// <summary>The host and the repository, or a problem of kind <see cref="CodeHostFailure.NotARepositoryAddress"/>.</summary>
    public CodeHostResult<CodePlace> Find(string? address)
    {
        if (Uri.TryCreate(address?.Trim(), UriKind.Absolute, out var uri))
        {
            foreach (var host in _hosts)
            {
                if (host.Parse(uri) is { } repository)
                    return new CodePlace(host, repository);
            }
        }

        return new CodeHostProblem(CodeHostFailure.NotARepositoryAddress,
            "This is not the address of a repository on this site's code host. It should look like " +
            "https://github.com/owner/name, without a user name, a token or anything after the name.");
    }
}
