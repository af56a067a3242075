using JobServer.Domain.Backends;

namespace JobServer.Data.Backends;

/// <summary>How long jobs may take and how the link to agents is timed; null leaves each to its setting.</summary>
public sealed record BackendLimits
{
    public required TimeSpan? JobTime { get; init; }

    public required TimeSpan? JobSilence { get; init; }

    /// <summary>Sound: see <see cref="BackendTiming.Problem"/>.</summary>
    public required BackendTiming Timing { get; init; }
}
