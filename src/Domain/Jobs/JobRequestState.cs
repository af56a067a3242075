namespace JobServer.Domain.Jobs;

public enum JobRequestState
{
    Pending,
    Running,
    Succeeded,
    Failed,
    Cancelled,
    NothingToDo,
}
