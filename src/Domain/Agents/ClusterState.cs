namespace JobServer.Domain.Agents;

/// <summary>The single row of facts about this database.</summary>
public sealed class ClusterState
{
    public const int TheId = 1;

    public int Id { get; init; } = TheId;

    /// <summary>New after a restore from a backup, so that fences of a lost timeline are never used again.</summary>
    public required string HistoryId { get; set; }

    /// <summary>Since when some Coordinator has served without a gap.</summary>
    public DateTimeOffset? ServingSince { get; set; }
}
