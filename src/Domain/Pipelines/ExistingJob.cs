namespace JobServer.Domain.Pipelines;

/// <summary>The latest job of an action in a workspace that was not cancelled.</summary>
public sealed record ExistingJob(string JobId, ExistingJobState State)
{
    public bool IsActive => State is ExistingJobState.Pending or ExistingJobState.Running;
}
