namespace JobServer.Portal.Applications;

/// <summary>The project that an approval made.</summary>
/// <param name="Id">Its number in the admin area.</param>
/// <param name="Number">Its own number; null for none.</param>
/// <param name="Address">Null while it belongs to no organisation.</param>
internal sealed record MadeProject(int Id, string Name, string? Number, int? OrganisationId, string? Organisation, string? Address);
