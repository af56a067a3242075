namespace JobServer.Data.Agents;

/// <summary>A new session as a statement takes it.</summary>
public sealed record SessionRow
{
    public required string Agent { get; init; }

    public required long Epoch { get; init; }

    public required string Instance { get; init; }

    public required string Coordinator { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
