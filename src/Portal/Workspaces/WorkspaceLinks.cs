namespace JobServer.Portal.Workspaces;

/// <summary>Addresses of a workspace's pages. Slugs are letters, digits, hyphens and underscores, so nothing needs escaping.</summary>
internal static class WorkspaceLinks
{
    public static string Page(string org, string project, string workspace) => $"/{org}/{project}/{workspace}";

    public static string RunJobs(string org, string project, string workspace) => $"/{org}/{project}/{workspace}/run-jobs/";

    public static string Logs(string org, string project, string workspace) => $"/{org}/{project}/{workspace}/logs/";

    public static string Edit(string org, string project, string workspace) => $"/{org}/{project}/{workspace}/edit";

    public static string Releases(string org, string project, string workspace) => $"/{org}/{project}/{workspace}/releases";
}
