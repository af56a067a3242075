namespace JobServer.Data.Redirects;

/// <param name="Path">What the address was, in the form of <see cref="FormerAddresses.PathOf"/>.</param>
/// <param name="Now">What it is now: slugs with slashes between them.</param>
public sealed record FormerAddress(string Path, string Now);
