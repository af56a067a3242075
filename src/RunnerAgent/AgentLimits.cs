using System.ComponentModel.DataAnnotations;

namespace JobServer.RunnerAgent;

/// <summary>What one job may use: <c>Agent:Limits</c>. A job may ask for less, never for more.</summary>
public sealed class AgentLimits
{
    /// <summary>Wall clock.</summary>
    public TimeSpan Time { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Without a printed byte or a changed file for this long a job is stopped. Zero: only where the Coordinator asks for it.</summary>
    public TimeSpan Silence { get; set; }

    /// <summary>Processor time of one process.</summary>
    public TimeSpan ProcessorTime { get; set; } = TimeSpan.FromHours(48);

    /// <summary>In bytes.</summary>
    [Range(16 * 1024 * 1024, long.MaxValue)]
    public long Memory { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>How many of the machine's processors, such as 2 or 0.5; 0 for all. Docker only.</summary>
    [Range(0, 1000)]
    public double Processors { get; set; }

    [Range(1, 100_000)]
    public int Processes { get; set; } = 512;

    /// <summary>In bytes, of one file.</summary>
    [Range(1, long.MaxValue)]
    public long FileSize { get; set; } = 20L * 1024 * 1024 * 1024;

    /// <summary>In bytes; what a job prints beyond it is counted and dropped.</summary>
    [Range(1024, long.MaxValue)]
    public long LogSize { get; set; } = 64 * 1024 * 1024;

    /// <summary>Between asking a job to stop and stopping it by force.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(30);

    [Range(1, 1_000_000)]
    public int OutputFiles { get; set; } = 5000;

    /// <summary>In bytes, unpacked.</summary>
    [Range(1, long.MaxValue)]
    public long SourceSize { get; set; } = 2L * 1024 * 1024 * 1024;

    [Range(1, 10_000_000)]
    public int SourceFiles { get; set; } = 100_000;

    /// <summary>In bytes: with less free space, the agent takes no new job.</summary>
    public long DiskFloor { get; set; } = 1024L * 1024 * 1024;
}
