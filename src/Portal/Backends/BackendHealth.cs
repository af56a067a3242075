using System.Text.Json.Serialization;
using JobServer.Data;

namespace JobServer.Portal.Backends;

/// <summary>How one backend is doing, for machines.</summary>
internal sealed record BackendHealth
{
    public required string Backend { get; init; }

    /// <summary><c>online</c>, <c>silent</c> or <c>never_connected</c>.</summary>
    public required string State { get; init; }

    /// <summary><c>active</c>, <c>paused</c>, <c>draining</c> or <c>database_maintenance</c>.</summary>
    public required string Mode { get; init; }

    public required DateTimeOffset? LastSeenAt { get; init; }

    public required int RunningJobs { get; init; }

    public required int PendingJobs { get; init; }

    [JsonIgnore]
    public bool IsOnline => State == "online";

    public static BackendHealth Of(BackendCard card, DateTimeOffset now) => new()
    {
        Backend = card.Slug,
        State = card.LastSeenAt is not { } seen ? "never_connected" : now - seen > BackendCard.SilentAfter ? "silent" : "online",
        Mode = SnakeCase.Of(card.Mode),
        LastSeenAt = card.LastSeenAt,
        RunningJobs = card.RunningJobs,
        PendingJobs = card.PendingJobs,
    };
}
