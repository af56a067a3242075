namespace JobServer.Portal.CodeHosts;

/// <param name="Names">Some of the repository's branches.</param>
/// <param name="IsAll">There are no others.</param>
public sealed record BranchNames(IReadOnlyList<string> Names, bool IsAll);
