using JobServer.Domain.Access;

namespace JobServer.Portal.Admin;

/// <summary>A part of the admin area: what its index and its menu say of it.</summary>
/// <param name="Permission">Without it the part is not offered.</param>
internal sealed record AdminSection(string Name, string Address, Permission Permission, string Sentence);
