namespace JobServer.Domain.Agents;

/// <summary>A Coordinator process. Leases lapse only after one has served for a while without a gap.</summary>
public sealed class CoordinatorInstance
{
    public required string Id { get; init; }

    public string Endpoint { get; set; } = "";

    public required DateTimeOffset ServingSince { get; init; }

    public required DateTimeOffset HeartbeatAt { get; set; }
}
