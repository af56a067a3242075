namespace JobServer.Data.Agents;

/// <summary>The renewal of one session as a statement takes it.</summary>
public sealed record RenewRow
{
    public required string Agent { get; init; }

    public required long Epoch { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
