using JobServer.Data;
using JobServer.Domain.Jobs;
using JobServer.Portal.Access;
using JobServer.Portal.Backends;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Coordination;
using JobServer.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>The live parts of the pages of a request and of a job.</summary>
internal sealed class LiveRuns(
    IDbContextFactory<JobServerDb> contexts, LiveStream stream, PartialRenderer renderer, CodeHostRouter hosts, TimeProvider timeProvider)
{
    public Task<IResult> RequestAsync(HttpContext context, int number)
    {
        var workspaceId = context.Workspace().Id;
        long? opened = null;
        return stream.ServeAsync(context, new LiveView
        {
            Keys = [ChangeKeys.OfRequest(number)],
            ReadAsync = async token =>
            {
                await using var db = await contexts.CreateDbContextAsync(token);
                var row = await db.JobRequests.AsNoTracking().Where(request => request.Id == number && request.WorkspaceId == workspaceId)
                    .Select(request => new
                    {
                        request.Revision,
                        Jobs = request.Jobs.Sum(job => job.Revision),
                        Open = request.PendingJobs + request.RunningJobs,
                        request.BackendId,
                        IsWaiting = request.PendingJobs > 0,
                        request.Backend.LastSeenAt,
                    })
                    .SingleOrDefaultAsync(token);
                if (row is null)
                    return null;
                var shown = RequestView.LiveRevisionOf(row.Revision, row.Jobs, row.Open > 0 && IsSilent(row.LastSeenAt));
                return new LiveRevision(row.IsWaiting ? shown + Since(ref opened, await QueueMarkAsync(db, row.BackendId, token)) : shown, row.Open == 0);
            },
            RenderAsync = async token =>
            {
                await using var db = await contexts.CreateDbContextAsync(token);
                var view = await RequestView.FindAsync(db, context, hosts, workspaceId, number, timeProvider.GetUtcNow(), token);
                return view is null ? "" : await renderer.RenderAsync(context, "/Pages/Runs/_Request.cshtml", view);
            },
        });
    }

    public Task<IResult> JobAsync(HttpContext context, int number, string jobId)
    {
        var workspaceId = context.Workspace().Id;
        long? opened = null;
        return stream.ServeAsync(context, new LiveView
        {
            Keys = [ChangeKeys.OfRequest(number)],
            ReadAsync = async token =>
            {
                await using var db = await contexts.CreateDbContextAsync(token);
                var row = await db.Jobs.AsNoTracking()
                    .Where(job => job.Id == jobId && job.JobRequestId == number && job.WorkspaceId == workspaceId)
                    .Select(job => new
                    {
                        job.Revision,
                        IsOpen = job.CompletedAt == null,
                        job.BackendId,
                        IsWaiting = job.State == JobState.Pending && job.AgentId == null,
                        job.JobRequest.Backend.LastSeenAt,
                    })
                    .SingleOrDefaultAsync(token);
                if (row is null)
                    return null;
                var shown = JobView.LiveRevisionOf(row.Revision, row.IsOpen && IsSilent(row.LastSeenAt));
                return new LiveRevision(row.IsWaiting ? shown + Since(ref opened, await QueueMarkAsync(db, row.BackendId, token)) : shown, !row.IsOpen);
            },
            RenderAsync = async token =>
            {
                await using var db = await contexts.CreateDbContextAsync(token);
                var view = await JobView.FindAsync(db, context, workspaceId, number, jobId, timeProvider.GetUtcNow(), token);
                return view is null ? "" : await renderer.RenderAsync(context, "/Pages/Runs/_Job.cshtml", view);
            },
        });
    }

    /// <summary>The states of the last jobs beside the actions to choose from.</summary>
    public Task<IResult> LastJobsAsync(HttpContext context)
    {
        var workspaceId = context.Workspace().Id;
        var address = context.RunAddress();
        var namesBackends = context.Request.Query.ContainsKey("backends");
        return stream.ServeAsync(context, new LiveView
        {
            // Any request of the workspace may be new here: once a second is soon enough.
            Keys = [],
            ReadAsync = async token =>
            {
                await using var db = await contexts.CreateDbContextAsync(token);
                return new LiveRevision(await LastJobs.RevisionAsync(db, workspaceId, token), Final: false);
            },
            RenderAsync = async token =>
            {
                await using var db = await contexts.CreateDbContextAsync(token);
                var jobs = await LastJobs.ReadAsync(db, workspaceId, token);
                return await renderer.RenderAsync(
                    context, "/Pages/Runs/_LastJobs.cshtml", jobs.Values.Select(job => new LastJob(job.Action, job, address, namesBackends) { IsAlone = true }));
            },
        });
    }

    /// <summary>
    /// Moves when the backend's queue does, so that the place of a job that waits is not an old one. In a part of the
    /// number that revisions do not reach.
    /// </summary>
    private static async Task<long> QueueMarkAsync(JobServerDb db, int backendId, CancellationToken cancellationToken)
    {
        var waiting = db.Jobs.Where(job => job.BackendId == backendId && job.State == JobState.Pending);
        var mark = await waiting.GroupBy(_ => 1).Select(all => new { Count = all.Count(), Last = all.Max(job => job.JobRequestId) }).SingleOrDefaultAsync(cancellationToken);
        return mark is null ? 0 : (long)(((uint)mark.Count * 31) + (uint)mark.Last) << 31;
    }

    /// <summary>Nothing while the queue is as it was when the page was opened, which shows it so.</summary>
    private static long Since(ref long? opened, long mark)
    {
        opened ??= mark;
        return mark == opened ? 0 : mark;
    }

    private bool IsSilent(DateTimeOffset? lastSeen) => lastSeen is not { } seen || timeProvider.GetUtcNow() - seen > BackendCard.SilentAfter;
}
