namespace JobServer.Portal.Releases.Reviews;

internal static class ReviewLinks
{
    public const string Desk = "/reviews";

    public static string Review(int number) => $"/reviews/{number}";

    public static string Review(int number, long file) => $"/reviews/{number}?file={file}";

    public static string File(int number, long file) => $"/reviews/{number}/files/{file}";

    /// <summary>The author's page of a request.</summary>
    public static string Request(string org, string project, string workspace, int number) => $"/{org}/{project}/{workspace}/release-requests/{number}";
}
