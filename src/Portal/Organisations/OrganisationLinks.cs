namespace JobServer.Portal.Organisations;

internal static class OrganisationLinks
{
    public static string List => "/orgs";

    public static string Page(string org) => $"/{org}";
}
