namespace JobServer.Portal.Releases.Publications;

internal static class PublicationLinks
{
    /// <summary>What waits for Output Publishers.</summary>
    public const string Desk = "/publications";

    /// <summary>The publications of a workspace.</summary>
    public static string List(string org, string project, string workspace) => $"/{org}/{project}/{workspace}/published";

    public static string Page(string org, string project, string workspace, int number) => $"/{org}/{project}/{workspace}/published/{number}";

    public static string Ask(string org, string project, string workspace) => $"/{org}/{project}/{workspace}/published/ask";

    public static string Download(string org, string project, string workspace, int number) => $"/{org}/{project}/{workspace}/published/{number}/download/";
}
