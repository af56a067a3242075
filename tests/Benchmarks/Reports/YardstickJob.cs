namespace JobServer.Benchmarks.Reports;

internal sealed class YardstickJob
{
    public required string Id { get; init; }

    public required string Agent { get; init; }

    public required long Fence { get; init; }

    public required long Request { get; init; }

    public long Sequence { get; set; }
}
