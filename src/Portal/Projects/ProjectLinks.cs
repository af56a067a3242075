namespace JobServer.Portal.Projects;

internal static class ProjectLinks
{
    public static string Page(string org, string project) => $"/{org}/{project}";

    public static string NewWorkspace(string org, string project) => $"/{org}/{project}/new-workspace/";

    public static string Settings(string org, string project) => $"/{org}/{project}/settings";

    /// <summary>A login comes from elsewhere and may hold anything.</summary>
    public static string Member(string org, string project, string login) => $"/{org}/{project}/settings/members/{Uri.EscapeDataString(login)}";
}
