namespace JobServer.Portal.Releases;

internal static class ReleaseLinks
{
    public static string Page(string org, string project, string workspace, string releaseId) => $"/{org}/{project}/{workspace}/releases/{releaseId}";

    /// <summary>The releases of all workspaces of a project.</summary>
    public static string Project(string org, string project) => $"/{org}/{project}/releases";

    public static string Download(string org, string project, string workspace, string releaseId) => $"/{org}/{project}/{workspace}/releases/{releaseId}/download/";

    public static string Delete(string org, string project, string workspace, string releaseId, string fileId) =>
        $"/{org}/{project}/{workspace}/releases/{releaseId}/{fileId}/delete/";

    /// <summary>The most recent version of every file of the workspace.</summary>
    public static string Latest(string org, string project, string workspace) => $"/{org}/{project}/{workspace}/outputs/latest";

    public static string LatestDownload(string org, string project, string workspace) => $"/{org}/{project}/{workspace}/outputs/latest/download/";

    /// <summary>What was made and not released.</summary>
    public static string Unreleased(string org, string project, string workspace) => $"/{org}/{project}/{workspace}/outputs/unreleased";

    public static string File(string fileId) => $"/api/v2/releases/file/{fileId}";
}
