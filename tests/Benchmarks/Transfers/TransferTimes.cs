namespace JobServer.Benchmarks.Transfers;

/// <summary>One size: each round does all three, one after the other.</summary>
internal sealed record TransferTimes
{
    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    public required Times Copy { get; init; }

    public required Times Upload { get; init; }

    public required Times Download { get; init; }

    /// <summary>In bytes over the idle server.</summary>
    public required long UploadMemory { get; init; }

    /// <summary>In bytes over the idle server.</summary>
    public required long DownloadMemory { get; init; }

    /// <summary>Of the server, in seconds for each GB.</summary>
    public required double ProcessorSecondsPerGigabyte { get; init; }
}
