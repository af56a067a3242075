namespace JobServer.Domain.Releases;

/// <summary>The path of a released file as its users know it, in lists and in archives.</summary>
public static class ReleasePaths
{
    public static string Displayed(string workspaceSlug, string path) => $"high_privacy/workspaces/{workspaceSlug}/{path}";
}
