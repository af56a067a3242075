namespace JobServer.Portal.Jobs;

internal static class JobLinks
{
    public static string EventLog => "/event-log";

    public static string Request(string org, string project, string workspace, int number) => $"/{org}/{project}/{workspace}/{number}";

    public static string Job(string org, string project, string workspace, int number, string jobId) => $"/{org}/{project}/{workspace}/{number}/{jobId}";

    /// <summary>The address that needs nothing but the job's identifier.</summary>
    public static string ShortJob(string jobId) => $"/jobs/{jobId}";

    public static string ShortRequest(int number) => $"/job-requests/{number}";
}
