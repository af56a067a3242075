namespace JobServer.Domain.Jobs;

public enum JobEventKind
{
    Created,
    Leased,
    Accepted,
    Reported,
    Released,
    ReAdopted,
    AttemptLost,
    CancelRequested,
    Cancelled,
    DependencyFailed,
}
