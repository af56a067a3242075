namespace JobServer.Data.Organisations;

/// <summary>Who changes which organisation, as they saw it.</summary>
/// <param name="Revision">Of the row as the person saw it.</param>
public sealed record OrganisationEdit(int OrganisationId, int Revision, int PersonId);
