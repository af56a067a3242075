using JobServer.Data;
using JobServer.Data.Logs;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Portal.Access;
using JobServer.Portal.Jobs;

namespace JobServer.Portal.Logs;

/// <summary>The addresses of a job's log beside its page: the live part, and the whole as a file.</summary>
internal static class LogEndpoints
{
    private const string Job = "/{org}/{project}/{workspace}/{number:int}/{jobId}/log";

    public static string Live(string jobPage, long since) => $"{jobPage}/log/live?since={since}";

    public static string Download(string jobPage, long fence) => $"{jobPage}/log/{fence}";

    public static void MapLogs(this IEndpointRouteBuilder endpoints)
    {
        var readers = new RequiresPermissionAttribute(Permission.ReadProjectJobLogs, Permission.ReadCheckersJobLogs);
        var narrowed = new NarrowedInside("the log policy of the job's backend");
        endpoints.MapGet(Job + "/live", (HttpContext context, int number, string jobId, LiveLogs live) => live.ServeAsync(context, number, jobId))
            .WithMetadata(readers, narrowed);
        endpoints.MapGet(Job + "/{fence:long}", DownloadAsync).WithMetadata(readers, narrowed);
    }

    private static async Task<IResult> DownloadAsync(
        HttpContext context, int number, string jobId, long fence, JobServerDb db, ILogStore store, CancellationToken cancellationToken)
    {
        if (JobPrefix.Parse(jobId) is not { IsWhole: true } id
            || await JobLogSource.FindAsync(db, context.Workspace().Id, number, id.Text, cancellationToken) is not { } source)
        {
            return Results.NotFound();
        }

        var rights = await LogRights.DecideAsync(db, context, source.Policy, source.BackendId, source.BackendName, cancellationToken);
        if (!rights.IsAllowed)
            return Refused(context, source.Policy, rights);
        return source.Find(fence) is { } log && store.OpenRead(id.Text, fence) is { } content
            ? LogDownload.Of(context, source, log, content)
            : Results.NotFound();
    }

    public static IResult Refused(HttpContext context, LogPolicy policy, LogRights rights)
    {
        // Nobody may, whoever signs in.
        if (policy == LogPolicy.SiteOnly)
            return Results.Problem(rights.Why, statusCode: StatusCodes.Status403Forbidden);
        return Results.Problem(
            rights.Why, statusCode: context.Person() is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden);
    }
}
