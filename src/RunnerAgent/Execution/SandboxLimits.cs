using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Execution;

/// <summary>Sizes in bytes.</summary>
internal sealed record SandboxLimits
{
    public required TimeSpan Time { get; init; }

    public required TimeSpan ProcessorTime { get; init; }

    public required long Memory { get; init; }

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
        ProcessorTime = own.ProcessorTime,
        Memory = asked is { Memory: > 0 } ? Math.Min(asked.Memory, own.Memory) : own.Memory,
        Processes = asked is { Processes: > 0 } ? Math.Min(asked.Processes, own.Processes) : own.Processes,
        FileSize = asked is { Disk: > 0 } ? Math.Min(asked.Disk, own.FileSize) : own.FileSize,
        LogSize = own.LogSize,
        StopGrace = own.StopGrace,
    };
}
