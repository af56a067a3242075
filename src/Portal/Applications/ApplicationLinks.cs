namespace JobServer.Portal.Applications;

internal static class ApplicationLinks
{
    public static string List => "/applications";

    public static string Start => "/apply";

    public static string Terms => "/apply/terms";

    public static string Tasks(string publicId) => $"/applications/{publicId}";

    public static string Page(string publicId, string key) => $"/applications/{publicId}/{key}";

    public static string Confirmation(string publicId) => $"/applications/{publicId}/confirmation";

    public static string AddResearcher(string publicId) => $"/applications/{publicId}/researcher-details/add";

    public static string Researcher(string publicId, int id) => $"/applications/{publicId}/researcher-details/{id}";
}
