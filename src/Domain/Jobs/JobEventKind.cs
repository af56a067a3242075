namespace JobServer.Domain.Jobs;

public enum JobEventKind
{
    Created,
    Leased,
    Accepted,
    Reported,
    Released,
    Rejected,
    ReAdopted,
    AttemptLost,
    CancelRequested,
    Cancelled,
    DependencyFailed,
}
