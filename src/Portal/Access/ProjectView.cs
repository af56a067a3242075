namespace JobServer.Portal.Access;

internal sealed record ProjectView(int Id, string Name, string Slug, string? Number);
