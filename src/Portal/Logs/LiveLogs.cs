using JobServer.Data;
using JobServer.Data.Logs;
using JobServer.Portal.Access;
using JobServer.Portal.Coordination;
using JobServer.Portal.Jobs;
using JobServer.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Logs;

/// <summary>The log on an open job page: what is new is added; the whole part is drawn again when another attempt begins or the log is over.</summary>
internal sealed class LiveLogs(
    IDbContextFactory<JobServerDb> contexts, ILogStore store, LiveStream stream, PartialRenderer renderer, TimeProvider timeProvider)
{
    private const string AppendedEvent = "appended";

    public async Task<IResult> ServeAsync(HttpContext context, int number, string jobId)
    {
        if (JobPrefix.Parse(jobId) is not { IsWhole: true } id)
            return Results.NotFound();
        var workspaceId = context.Workspace().Id;
        await using (var db = await contexts.CreateDbContextAsync(context.RequestAborted))
        {
            if (await JobLogSource.FindAsync(db, workspaceId, number, id.Text, context.RequestAborted) is not { } source)
                return Results.NotFound();
            var rights = await LogRights.DecideAsync(db, context, source.Policy, source.BackendId, source.BackendName, context.RequestAborted);
            if (!rights.IsAllowed)
                return LogEndpoints.Refused(context, source.Policy, rights);
        }

        // What was read last is what is drawn, so that the revision says exactly what the reader has.
        JobLogSource? seen = null;
        return await stream.ServeAsync(context, new LiveView
        {
            Keys = [ChangeKeys.OfRequest(number)],
            ReadAsync = async token =>
            {
                await using var db = await contexts.CreateDbContextAsync(token);
                seen = await JobLogSource.FindAsync(db, workspaceId, number, id.Text, token);
                if (seen is null || !(await LogRights.DecideAsync(db, context, seen.Policy, seen.BackendId, seen.BackendName, token)).IsAllowed)
                    return null;
                return new LiveRevision(LogMoment.Of(seen.Newest).Revision, seen.IsSettled(timeProvider.GetUtcNow()));
            },
            RenderAsync = async token => (await DrawAsync(context, number, seen!, null, token)).Html,
            RenderSinceAsync = (shown, token) => DrawAsync(context, number, seen!, shown, token),
        });
    }

    private async Task<LiveFragment> DrawAsync(HttpContext context, int number, JobLogSource source, long? shown, CancellationToken cancellationToken)
    {
        var log = source.Newest;
        if (shown is { } revision && source.Find(log.Fence) is not null && LogMoment.Of(revision) is { Offset: > 0 } known && known.GoesOnTo(LogMoment.Of(log)))
        {
            var more = await LogExcerpt.ReadAsync(store, source.JobId, log, known.Offset, cancellationToken);
            return new LiveFragment(AppendedEvent, LogHtml.TextOf(more));
        }

        var view = await JobLogView.OfAsync(store, context, source, number, timeProvider.GetUtcNow(), cancellationToken);
        return new LiveFragment(LiveStream.ChangedEvent, await renderer.RenderAsync(context, "/Pages/Runs/_Log.cshtml", view));
    }
}
