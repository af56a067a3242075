namespace JobServer.Portal.Admin;

/// <summary>What a search of the admin area found of one kind.</summary>
/// <param name="Kind">As a heading.</param>
/// <param name="All">Where the whole list is, searched for the same.</param>
internal sealed record AdminFinds(string Kind, string All, IReadOnlyList<AdminFind> Found);
