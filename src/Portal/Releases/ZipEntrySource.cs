namespace JobServer.Portal.Releases;

/// <summary>One file of a zip that is being streamed.</summary>
internal sealed record ZipEntrySource
{
    /// <summary>Relative POSIX path inside the zip.</summary>
    public required string Path { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Opens the bytes when its turn comes.</summary>
    public required Func<CancellationToken, Task<Stream>> OpenAsync { get; init; }
}
