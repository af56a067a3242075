namespace JobServer.Portal.CodeHosts;

/// <summary>What a code host says of a repository that may be seen.</summary>
public sealed record RepositorySight(bool IsPrivate);
