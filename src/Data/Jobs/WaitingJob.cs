namespace JobServer.Data.Jobs;

/// <summary>A job of a request that no agent has.</summary>
internal sealed record WaitingJob
{
    public required string Id { get; init; }

    public required bool UsesDatabase { get; init; }

    public required int Slots { get; init; }

    public required DateTimeOffset? NotBefore { get; init; }

    /// <summary>The actions that it waits for.</summary>
    public required IReadOnlyList<string> Needs { get; init; }
}
