namespace JobServer.Domain.Jobs;

/// <summary>What of an attempt's log has come in from its site.</summary>
public sealed class JobLog
{
    public required string JobId { get; init; }

    public Job Job { get; init; } = null!;

    public required long Fence { get; init; }

    /// <summary>In bytes, counted as the job wrote them; all before it is stored or in a gap.</summary>
    public long CommittedOffset { get; set; }

    /// <summary>In bytes; the length of the stored file, without the gaps.</summary>
    public long StoredSize { get; set; }

    /// <summary>Whether the agent said that nothing follows.</summary>
    public bool IsComplete { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public List<JobLogGap> Gaps { get; } = [];
}
