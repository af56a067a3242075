using System.ComponentModel.DataAnnotations;

namespace JobServer.RunnerAgent.Execution;

/// <summary>The section <c>Agent:Sandbox</c>.</summary>
public sealed class SandboxOptions
{
    [Required]
    public string BubblewrapPath { get; set; } = "/usr/bin/bwrap";

    /// <summary>Where the agent runs as root, jobs run as this user number plus their slot.</summary>
    [Range(1000, int.MaxValue - 10_000)]
    public int BaseUserId { get; set; } = 720_000;

    /// <summary>Further paths of the machine that jobs may read, such as a library of R packages.</summary>
    public List<string> ReadOnlyPaths { get; } = [];

    /// <summary>Limit memory by a control group where the agent may make one; otherwise by process.</summary>
    public bool UseMemoryCgroup { get; set; } = true;
}
