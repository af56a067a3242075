namespace JobServer.RunnerAgent.Logs;

/// <summary>How far the log of one attempt is.</summary>
internal sealed record LogMark
{
    public static LogMark New { get; } = new();

    /// <summary>In bytes, as the Coordinator said last.</summary>
    public long Committed { get; init; }

    public bool Done { get; init; }

    /// <summary>The attempt is over and cleaned up but for its log.</summary>
    public bool KeptForLog { get; init; }

    public DateTimeOffset NotBefore { get; init; } = DateTimeOffset.MinValue;

    public int Damages { get; init; }
}
