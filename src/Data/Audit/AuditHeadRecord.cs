namespace JobServer.Data.Audit;

/// <summary>The newest row of the audit log at some time, as it is kept outside the database.</summary>
public sealed record AuditHeadRecord(long Sequence, string Hash, DateTimeOffset At);
