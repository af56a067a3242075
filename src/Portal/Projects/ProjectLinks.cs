namespace JobServer.Portal.Projects;

internal static class ProjectLinks
{
    public static string Page(string org, string project) => $"/{org}/{project}";

    public static string NewWorkspace(string org, string project) => $"/{org}/{project}/new-workspace/";
}
