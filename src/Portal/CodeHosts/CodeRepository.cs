namespace JobServer.Portal.CodeHosts;

/// <summary>A repository of a code host, parsed from its address.</summary>
/// <param name="Address">Canonical web address, without <c>.git</c> and trailing slash.</param>
/// <param name="Owner">Owner or organisation.</param>
/// <param name="Name">Name without <c>.git</c>.</param>
public sealed record CodeRepository(Uri Address, string Owner, string Name);
