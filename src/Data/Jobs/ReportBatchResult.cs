namespace JobServer.Data.Jobs;

public sealed record ReportBatchResult
{
    /// <summary>One for each report, in their order.</summary>
    public required IReadOnlyList<ReportOutcome> Outcomes { get; init; }

    public required IReadOnlyCollection<int> ChangedRequests { get; init; }

    /// <summary>Some job ended, so dependants may be ready and slots are free.</summary>
    public required bool AnyEnded { get; init; }
}
