using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>
/// The head of a backend's queue, for claims. It says of each person and workspace what <see cref="BackendQueue"/> says, but
/// walks their requests from the oldest instead of ranking all that waits: a deep queue costs little more than a short one.
/// </summary>
internal static class QueueHead
{
    // Each further walk looks at so many times more jobs, so that even a queue that is all held up takes few walks.
    private const int Stride = 4;

    // Counted in an index alone.
    private static readonly Func<JobServerDb, int, IAsyncEnumerable<OpenRequest>> OpenQuery = EF.CompileAsyncQuery(
        (JobServerDb db, int backendId) => db.Jobs
            .Where(job => job.BackendId == backendId && job.State == JobState.Pending)
            .GroupBy(job => job.JobRequestId)
            .Select(jobs => new { Id = jobs.Key, Pending = jobs.Count() })
            .Join(db.JobRequests, open => open.Id, request => request.Id, (open, request) => new OpenRequest
            {
                Id = open.Id,
                Pending = open.Pending,
                UserId = request.CreatedById,
                WorkspaceId = request.WorkspaceId,
                ProjectId = request.Workspace.ProjectId,
                Weight = request.Workspace.Project.Weight,
            }));

    private static readonly Func<JobServerDb, int, IAsyncEnumerable<QueueRow>> HeldQuery = EF.CompileAsyncQuery(
        (JobServerDb db, int backendId) => db.Agents
            .Where(agent => agent.BackendId == backendId)
            .Join(
                db.Jobs.Where(job => job.State == JobState.Pending || job.State == JobState.Running),
                agent => agent.Id,
                job => job.AgentId,
                (agent, job) => new
                {
                    job.UsesDatabase,
                    job.Slots,
                    job.WorkspaceId,
                    UserId = job.JobRequest.CreatedById,
                    job.JobRequest.Workspace.ProjectId,
                    job.JobRequest.Workspace.Project.Weight,
                })
            .GroupBy(job => new { job.UsesDatabase, job.WorkspaceId, job.UserId, job.ProjectId, job.Weight })
            .Select(jobs => new QueueRow
            {
                UsesDatabase = jobs.Key.UsesDatabase,
                Slots = jobs.Sum(job => job.Slots),
                WorkspaceId = jobs.Key.WorkspaceId,
                UserId = jobs.Key.UserId,
                ProjectId = jobs.Key.ProjectId,
                Weight = jobs.Key.Weight,
            }));

    /// <summary>What is held, where it decides anything, and the first jobs of each share that could start now, oldest first.</summary>
    /// <param name="most">Jobs heavier than this are left out; a limit of 0 leaves a kind out.</param>
    /// <param name="window">How many jobs of one kind, person and workspace are looked for.</param>
    public static async Task<List<QueueRow>> ReadAsync(
        JobServerDb db, int backendId, DateTimeOffset now, ClaimLimits most, int window, CancellationToken cancellationToken)
    {
        var open = await OpenQuery(db, backendId).ToDictionaryAsync(request => request.Id, cancellationToken: cancellationToken);
        var rows = new List<QueueRow>();
        foreach (var usesDatabase in new[] { false, true })
        {
            if (most.Of(usesDatabase) > 0)
            {
                await WalkAsync(db, backendId, open, rows, usesDatabase, most.Of(usesDatabase), window, now, cancellationToken);
            }
        }

        // Whoever waits alone comes next, whatever is held.
        if (rows.DistinctBy(row => (row.UserId, row.WorkspaceId)).Skip(1).Any())
        {
            rows.AddRange(await HeldQuery(db, backendId).ToListAsync(cancellationToken));
        }

        return rows;
    }

    private static async Task WalkAsync(
        JobServerDb db,
        int backendId,
        Dictionary<int, OpenRequest> open,
        List<QueueRow> rows,
        bool usesDatabase,
        int heaviest,
        int window,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var shares = open.Values.OrderBy(request => request.Id).GroupBy(request => (request.UserId, request.WorkspaceId))
            .ToDictionary(share => share.Key, share => new OpenShare(share));
        for (long reach = window; ; reach *= Stride)
        {
            var pending = (int)Math.Min(reach, int.MaxValue);
            var ids = shares.Values.Where(share => share.Found < window).SelectMany(share => share.Next(pending)).Select(request => request.Id).ToArray();
            if (ids.Length == 0)
            {
                return;
            }

            await foreach (var row in ReadyIn(db, backendId, ids, usesDatabase, heaviest, now).WithCancellation(cancellationToken))
            {
                var request = open[row.JobRequestId];
                var share = shares[(request.UserId, request.WorkspaceId)];
                if (share.Found++ < window)
                {
                    rows.Add(row with { UserId = request.UserId, ProjectId = request.ProjectId, Weight = request.Weight });
                }
            }
        }
    }

    private static IAsyncEnumerable<QueueRow> ReadyIn(
        JobServerDb db, int backendId, int[] requestIds, bool usesDatabase, int heaviest, DateTimeOffset? now) =>
        db.Jobs
            .Where(job => job.BackendId == backendId && job.State == JobState.Pending && EF.Parameter(requestIds).Contains(job.JobRequestId)
                && job.AgentId == null && job.CancelRequestedAt == null && job.UsesDatabase == usesDatabase && job.Slots <= heaviest
                && (job.NotBefore == null || job.NotBefore <= now)
                && !job.Needs.Any(need => need.NeededJob.State != JobState.Succeeded))
            .OrderBy(job => job.JobRequestId).ThenBy(job => job.Position)
            .Select(job => new QueueRow
            {
                Id = job.Id,
                Fence = job.Fence,
                JobRequestId = job.JobRequestId,
                Position = job.Position,
                UsesDatabase = job.UsesDatabase,
                Slots = job.Slots,
                WorkspaceId = job.WorkspaceId,
            })
            .AsAsyncEnumerable();
}
