using System.ComponentModel.DataAnnotations;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Execution.Containers;

namespace JobServer.RunnerAgent;

/// <summary>The section <c>Agent</c> of the settings.</summary>
public sealed class AgentOptions
{
    public const string Section = "Agent";

    /// <summary><c>https://…</c>, or <c>http://</c> to a loopback address only.</summary>
    [Required]
    public Uri? CoordinatorAddress { get; set; }

    /// <summary>The backend's token. Never logged, never seen by a job.</summary>
    [Required]
    public string Token { get; set; } = "";

    /// <summary>The slug of the backend, told to jobs as <c>JOBSERVER_BACKEND</c>.</summary>
    [Required]
    public string Backend { get; set; } = "";

    /// <summary>Journal, working directories and caches of this one agent.</summary>
    [Required]
    public string StateDirectory { get; set; } = "";

    /// <summary>Outputs that stay at the site; agents of one site may share it. Empty: <c>site</c> in the state directory.</summary>
    public string SiteDirectory { get; set; } = "";

    /// <summary>A name for people. Empty: the name of the machine.</summary>
    public string DisplayName { get; set; } = "";

    [Range(0, 1000)]
    public int StandardSlots { get; set; } = 2;

    [Range(0, 1000)]
    public int DatabaseSlots { get; set; } = 1;

    /// <summary>Before a step that failed for a passing reason is tried again; doubled each time.</summary>
    public TimeSpan RetryWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>In bytes, of what all jobs printed and this agent still keeps for sending. Each job that runs may have its share of it.</summary>
    [Range(1024 * 1024, long.MaxValue)]
    public long LogSpoolLimit { get; set; } = 10L * 1024 * 1024 * 1024;

    /// <summary>On a stop, wait at most this long for running jobs to end. Zero: stop at once, and let them run on.</summary>
    public TimeSpan DrainOnStop { get; set; }

    public Dictionary<string, string> Labels { get; } = new(StringComparer.Ordinal);

    /// <summary>Tool sets by the name of the image. Empty: <c>python</c>, <c>r</c> and <c>sh</c> of this machine.</summary>
    public Dictionary<string, ImageOptions> Images { get; } = new(StringComparer.Ordinal);

    public ExecutorKind Executor { get; set; }

    public SandboxOptions Sandbox { get; } = new();

    public DockerOptions Docker { get; } = new();

    public AgentLimits Limits { get; } = new();

    public AgentOutputOptions Outputs { get; } = new();

    /// <summary>In bytes: so much may one job print, that all slots together stay within the limit of all spools.</summary>
    internal long LogSize => Math.Min(Limits.LogSize, LogSpoolLimit / Math.Max(1, StandardSlots + DatabaseSlots));

    internal string EffectiveSiteDirectory =>
        SiteDirectory.Length > 0 ? SiteDirectory : Path.Join(StateDirectory, "site");
}
