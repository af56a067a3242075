using JobServer.Domain.Pipelines;

namespace JobServer.Domain.Backends;

/// <summary>A secure site that holds data; its agents run jobs there.</summary>
public sealed class Backend
{
    public const int NameMaxLength = 200;
    public const int ModeMessageMaxLength = 500;
    public const int DisclosureProfileMaxLength = 60;

    public int Id { get; init; }

    public required string Slug { get; set; }

    public required string Name { get; set; }

    public ReleasePolicy ReleasePolicy { get; set; }

    public LogPolicy LogPolicy { get; set; }

    /// <summary>The rules that a project.yaml is held to here; null leaves it to the site's setting.</summary>
    public PipelineDialect? Dialect { get; set; }

    /// <summary>The name of the disclosure checks' profile; empty takes the default one.</summary>
    public string DisclosureProfile { get; set; } = "";

    public BackendMode Mode { get; set; }

    /// <summary>What people are told while the mode is not <see cref="BackendMode.Active"/>.</summary>
    public string ModeMessage { get; set; } = "";

    /// <summary>Where this backend differs from the Coordinator's own timing.</summary>
    public BackendTiming Timing { get; set; } = new();

    /// <summary>Wall clock of one job; null leaves it to the agent's own limit, which is never exceeded.</summary>
    public TimeSpan? JobTimeLimit { get; set; }

    /// <summary>A job that prints and writes nothing for this long is stopped; null turns the watchdog off.</summary>
    public TimeSpan? JobSilenceLimit { get; set; }

    /// <summary>The last frame of any of its agents.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public int Revision { get; set; }

    public List<BackendToken> Tokens { get; } = [];
}
