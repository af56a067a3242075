namespace JobServer.Data.Jobs;

/// <summary>Why a job waits, for people.</summary>
public sealed record QueuePlace
{
    public required string JobId { get; init; }

    public required WaitReason Reason { get; init; }

    /// <summary>From 1, among the jobs of its kind at the backend; null where it is in no queue, or too far back to count.</summary>
    public int? Place { get; init; }

    /// <summary>A sentence without a full stop.</summary>
    public required string Sentence { get; init; }
}
