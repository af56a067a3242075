namespace JobServer.Portal.Access;

internal sealed record OrganisationView(int Id, string Name, string Slug);
