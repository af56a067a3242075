namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>A job's row, as far as invariants speak of it.</summary>
internal sealed record JobView
{
    public required string Id { get; init; }

    public required string State { get; init; }

    public required string Code { get; init; }

    public required long Fence { get; init; }

    public required string? AgentId { get; init; }

    public required long? SessionEpoch { get; init; }

    public required long Applied { get; init; }

    public required bool IsCancelRequested { get; init; }

    public required string? CompletedAt { get; init; }

    public required string? ManifestDigest { get; init; }

    public required int LostAttempts { get; init; }

    public required bool UsesDatabase { get; init; }

    public required int Slots { get; init; }

    public required bool IsReady { get; init; }

    public required DateTime? NotBefore { get; init; }

    public bool IsEnded => State is "succeeded" or "failed";
}
