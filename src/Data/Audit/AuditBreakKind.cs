namespace JobServer.Data.Audit;

public enum AuditBreakKind
{
    /// <summary>The row is not what was written, or stands where another was written.</summary>
    Altered,

    /// <summary>There is no row of this number, and there are newer ones.</summary>
    Missing,

    /// <summary>The log ends before this row, which was written.</summary>
    CutOff,

    /// <summary>The rows hold, but the row of the newest hash does not follow from them.</summary>
    HeadChanged,

    /// <summary>The chain holds in itself and is another one than was exported: somebody who has the key wrote it anew.</summary>
    Rewritten,
}
