using JobServer.Data;
using JobServer.Data.Logs;
using JobServer.Domain.Backends;
using JobServer.Portal.Pages.Runs;

namespace JobServer.Portal.Logs;

/// <summary>The log of a job as its page and its live part show it.</summary>
internal sealed record JobLogView
{
    public required JobLogSource Source { get; init; }

    public required LogRights Rights { get; init; }

    /// <summary>The attempt that is shown; the newest unless asked otherwise.</summary>
    public required LogRow Log { get; init; }

    /// <summary>Null for who may not read it.</summary>
    public required LogExcerpt? Excerpt { get; init; }

    public required string PageAddress { get; init; }

    public required DateTimeOffset Now { get; init; }

    public bool StaysAtSite => Source.Policy == LogPolicy.SiteOnly;

    public bool IsNewest => Log.Fence == Source.Fence;

    public bool HasLog => Source.Find(Log.Fence) is not null;

    /// <summary>Null where nothing more will come.</summary>
    public string? LiveAddress => Rights.IsAllowed && IsNewest && !Source.IsSettled(Now)
        ? LogEndpoints.Live(PageAddress, LogMoment.Of(Log).Revision)
        : null;

    public string Download => LogEndpoints.Download(PageAddress, Log.Fence);

    public string AttemptAddress(long fence) => $"{PageAddress}?attempt={fence}#log";

    /// <summary>Where the log stands, in a sentence.</summary>
    public string State => this switch
    {
        { Source.Fence: 0 } => "The job has not been given to an agent yet.",
        { IsNewest: false } => "This is a superseded attempt: its contact was lost and a newer one took its place. Nothing more will come of it.",
        { Log.IsComplete: true } => HasText ? "This is the whole log." : "The job printed nothing.",
        { Source.EndedAt: null } => HasLog ? "The job goes on; more may come." : "Nothing was printed yet.",
        _ when Source.IsSettled(Now) => HasLog ? "The end of the log never came from the site." : "No log came from the site.",
        _ => "The job has ended; the rest of its log is on its way.",
    };

    private bool HasText => Log.CommittedOffset > 0;

    /// <param name="db">The rows.</param>
    /// <param name="store">The bytes; not touched for who may not read them.</param>
    /// <param name="context">Who asks, in which workspace.</param>
    /// <param name="number">Of the request.</param>
    /// <param name="jobId">The whole identifier.</param>
    /// <param name="attempt">Null for the newest.</param>
    /// <param name="now">For what may still come.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Null when there is no such job.</returns>
    public static async Task<JobLogView?> FindAsync(
        JobServerDb db,
        ILogStore store,
        HttpContext context,
        int number,
        string jobId,
        long? attempt,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (await JobLogSource.FindAsync(db, Access.AccessContext.Workspace(context).Id, number, jobId, cancellationToken) is not { } source)
            return null;
        var rights = await LogRights.DecideAsync(db, context, source.Policy, source.BackendId, source.BackendName, cancellationToken);
        var log = attempt is { } fence && source.Find(fence) is { } asked ? asked : source.Newest;
        return await OfAsync(store, context, source, rights, log, number, now, cancellationToken);
    }

    /// <summary>The newest attempt's, for somebody who may read it.</summary>
    public static Task<JobLogView> OfAsync(
        ILogStore store, HttpContext context, JobLogSource source, int number, DateTimeOffset now, CancellationToken cancellationToken) =>
        OfAsync(store, context, source, LogRights.Allowed, source.Newest, number, now, cancellationToken);

    private static async Task<JobLogView> OfAsync(
        ILogStore store,
        HttpContext context,
        JobLogSource source,
        LogRights rights,
        LogRow log,
        int number,
        DateTimeOffset now,
        CancellationToken cancellationToken) => new()
        {
            Source = source,
            Rights = rights,
            Log = log,
            Excerpt = rights.IsAllowed && source.Find(log.Fence) is not null
                ? await LogExcerpt.ReadAsync(store, source.JobId, log, since: null, cancellationToken)
                : null,
            PageAddress = context.RunAddress().Job(number, source.JobId),
            Now = now,
        };
}
