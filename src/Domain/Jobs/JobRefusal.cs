namespace JobServer.Domain.Jobs;

public enum JobRefusal
{
    /// <summary>A terminal state never changes.</summary>
    AlreadyEnded,

    /// <summary>Somebody holds a lease.</summary>
    AlreadyLeased,

    /// <summary>Nobody holds a lease, so nobody can report.</summary>
    NotLeased,

    /// <summary>A report may repeat a stage or go forward, never back.</summary>
    OutOfOrder,

    /// <summary>A cancelled job gets no new lease.</summary>
    CancelRequested,
}
