using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>A job's lease, for reconciliation.</summary>
public sealed record HeldJob
{
    // Compiled, and therefore said twice: each Hello asks it, and after a restart all agents say Hello at once.
    private static readonly Func<JobServerDb, string, IAsyncEnumerable<HeldJob>> HeldQuery = EF.CompileAsyncQuery(
        (JobServerDb db, string agentId) => db.Jobs
            .Where(job => job.AgentId == agentId && (job.State == JobState.Pending || job.State == JobState.Running))
            .Select(job => new HeldJob
            {
                JobId = job.Id,
                BackendId = job.BackendId,
                State = job.State,
                StatusCode = job.StatusCode,
                Fence = job.Fence,
                AgentId = job.AgentId,
                IsAccepted = job.AcceptedAt != null,
                IsCancelRequested = job.CancelRequestedAt != null,
                AppliedSequence = job.AppliedSequence,
            }));

    public required string JobId { get; init; }

    public required int BackendId { get; init; }

    public required JobState State { get; init; }

    public required JobStatusCode StatusCode { get; init; }

    public required long Fence { get; init; }

    public required string? AgentId { get; init; }

    public required bool IsAccepted { get; init; }

    public required bool IsCancelRequested { get; init; }

    public required long AppliedSequence { get; init; }

    internal static IAsyncEnumerable<HeldJob> HeldBy(JobServerDb db, string agentId) => HeldQuery(db, agentId);

    internal static IQueryable<HeldJob> Of(JobServerDb db, string[] jobIds) => db.Jobs
            .Where(job => EF.Parameter(jobIds).Contains(job.Id))
            .Select(job => new HeldJob
            {
                JobId = job.Id,
                BackendId = job.BackendId,
                State = job.State,
                StatusCode = job.StatusCode,
                Fence = job.Fence,
                AgentId = job.AgentId,
                IsAccepted = job.AcceptedAt != null,
                IsCancelRequested = job.CancelRequestedAt != null,
                AppliedSequence = job.AppliedSequence,
            });
}
