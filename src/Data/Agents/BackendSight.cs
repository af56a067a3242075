using JobServer.Domain.Backends;

namespace JobServer.Data.Agents;

/// <summary>A backend as an operator sees it.</summary>
public sealed record BackendSight
{
    public required string Slug { get; init; }

    public required string Name { get; init; }

    public required BackendMode Mode { get; init; }

    public required string ModeMessage { get; init; }

    public required int Agents { get; init; }

    /// <summary>Open jobs.</summary>
    public required int Open { get; init; }

    public required DateTimeOffset? LastSeenAt { get; init; }
}
