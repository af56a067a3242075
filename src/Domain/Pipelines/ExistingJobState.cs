namespace JobServer.Domain.Pipelines;

public enum ExistingJobState
{
    Pending,
    Running,
    Succeeded,
    Failed,
}
