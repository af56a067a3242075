using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Execution;

/// <summary>Sizes in bytes.</summary>
internal sealed record SandboxLimits
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    public required TimeSpan Time { get; init; }

    /// <summary>Null: a silent job is left alone.</summary>
    public TimeSpan? Silence { get; init; }

    public required TimeSpan ProcessorTime { get; init; }

    public required long Memory { get; init; }

    /// <summary>Such as 2 or 0.5; 0 for all of the machine.</summary>
    public double Processors { get; init; }

    public required int Processes { get; init; }

    public required long FileSize { get; init; }

    public required long LogSize { get; init; }

    public required TimeSpan StopGrace { get; init; }

    /// <summary>What the job asks for, but never more than the agent gives.</summary>
    public static SandboxLimits Of(LimitsSpec? asked, AgentLimits own) => new()
    {
        Time = asked is { TimeMs: > 0 } && asked.TimeMs < own.Time.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(asked.TimeMs)
            : own.Time,
        Silence = Shorter(asked?.SilenceMs ?? 0, own.Silence),
        ProcessorTime = own.ProcessorTime,
        Memory = asked is { Memory: > 0 } ? Math.Min(asked.Memory, own.Memory) : own.Memory,
        Processors = own.Processors,
        Processes = asked is { Processes: > 0 } ? Math.Min(asked.Processes, own.Processes) : own.Processes,
        FileSize = asked is { Disk: > 0 } ? Math.Min(asked.Disk, own.FileSize) : own.FileSize,
        LogSize = own.LogSize,
        StopGrace = own.StopGrace,
    };

    private static TimeSpan? Shorter(long askedMs, TimeSpan own) => (askedMs > 0, own > TimeSpan.Zero) switch
    {
        (true, true) when askedMs < own.TotalMilliseconds => TimeSpan.FromMilliseconds(askedMs),
        (_, true) => own,
        (true, false) => TimeSpan.FromMilliseconds(Math.Min(askedMs, (long)Longest.TotalMilliseconds)),
        _ => null,
    };
}
