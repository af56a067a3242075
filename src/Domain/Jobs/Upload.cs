namespace JobServer.Domain.Jobs;

/// <summary>A file on its way from a site.</summary>
public sealed class Upload
{
    /// <summary>SHA-256 of job, fence and path.</summary>
    public required string Id { get; init; }

    public required string JobId { get; init; }

    public required long Fence { get; init; }

    public required string Path { get; init; }

    public required long Size { get; init; }

    public required string Digest { get; init; }

    public long CommittedOffset { get; set; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When size and digest were found right.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>The session that writes it; a newer one takes over.</summary>
    public long SessionEpoch { get; set; }
}
