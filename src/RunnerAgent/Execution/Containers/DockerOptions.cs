using System.ComponentModel.DataAnnotations;

namespace JobServer.RunnerAgent.Execution.Containers;

/// <summary>The section <c>Agent:Docker</c>.</summary>
public sealed class DockerOptions
{
    [Required]
    public Uri Endpoint { get; set; } = new("unix:///var/run/docker.sock");

    /// <summary>Put before the name of an image that has no reference of its own, such as <c>registry.example.org/research</c>.</summary>
    public string Registry { get; set; } = "";

    public PullPolicy Pull { get; set; } = PullPolicy.Missing;

    /// <summary>How long one call to the engine may take, but for a pull.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);
}
