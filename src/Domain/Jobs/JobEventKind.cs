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

    /// <summary>A second, different end of one attempt was refused.</summary>
    Contradicted,
}
