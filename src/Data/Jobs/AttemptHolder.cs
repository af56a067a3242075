using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>Who claims to hold an attempt. Only the newest session of the agent that the row names does.</summary>
public sealed record AttemptHolder
{
    public required string AgentId { get; init; }

    public required long SessionEpoch { get; init; }

    public required string JobId { get; init; }

    public required long Fence { get; init; }

    /// <summary>The job, if it is still open and held so; otherwise nothing.</summary>
    public IQueryable<Job> Holds(JobServerDb db) => db.Jobs.Where(job =>
        job.Id == JobId && job.Fence == Fence && job.AgentId == AgentId
        && (job.State == JobState.Pending || job.State == JobState.Running)
        && db.Agents.Any(agent => agent.Id == AgentId && agent.SessionEpoch == SessionEpoch));
}
