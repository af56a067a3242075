namespace JobServer.Domain.Audit;

/// <summary>The single row that orders audit entries and holds the newest hash.</summary>
public sealed class AuditHead
{
    public const int TheId = 1;

    public int Id { get; init; } = TheId;

    public long Sequence { get; set; }

    public string Hash { get; set; } = "";
}
