namespace JobServer.Data.Audit;

/// <summary>The first place at which the audit log is not what was written.</summary>
/// <param name="Sequence">Of the row.</param>
/// <param name="Kind">What is wrong there.</param>
public sealed record AuditBreak(long Sequence, AuditBreakKind Kind)
{
    /// <summary>For the people who have to find out what happened.</summary>
    public string Sentence => Kind switch
    {
        AuditBreakKind.Altered => $"Row {Sequence} was altered, or stands where another was written.",
        AuditBreakKind.Missing => $"Row {Sequence} is missing.",
        AuditBreakKind.CutOff => $"The log is cut off: row {Sequence} and what followed it are missing.",
        AuditBreakKind.HeadChanged => $"The rows hold, but the row that keeps the newest hash was changed after row {Sequence - 1}.",
        AuditBreakKind.Rewritten => $"Row {Sequence} is not the one that was exported: the log was written anew up to there.",
    };
}
