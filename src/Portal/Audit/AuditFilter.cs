using JobServer.Data;
using JobServer.Domain.Audit;

namespace JobServer.Portal.Audit;

/// <summary>Which rows of the audit log are asked for.</summary>
internal sealed record AuditFilter
{
    public AuditAct? Act { get; init; }

    /// <summary>Null for everybody.</summary>
    public int? ActorId { get; init; }

    /// <summary>As stored, such as <c>project:12</c>; empty for all.</summary>
    public string Subject { get; init; } = "";

    public DateTimeOffset? From { get; init; }

    /// <summary>Not included.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Newest first.</summary>
    public IQueryable<AuditEntry> Of(JobServerDb db)
    {
        var rows = db.AuditEntries.AsQueryable();
        if (Act is { } act)
        {
            rows = rows.Where(row => row.Act == act);
        }

        if (ActorId is { } actor)
        {
            rows = rows.Where(row => row.ActorId == actor);
        }

        if (Subject.Length > 0)
        {
            rows = rows.Where(row => row.Subject == Subject);
        }

        if (From is { } from)
        {
            rows = rows.Where(row => row.At >= from);
        }

        if (Until is { } until)
        {
            rows = rows.Where(row => row.At < until);
        }

        return rows.OrderByDescending(row => row.Sequence);
    }
}
