using JobServer.Domain.Audit;

namespace JobServer.Portal.Audit;

/// <summary>A row of the audit log as it is shown and exported.</summary>
/// <param name="Who">A login; null for the service itself.</param>
internal sealed record AuditLine(long Sequence, DateTimeOffset At, string? Who, AuditAct Act, string Subject, string Details, string Hash);
