using JobServer.Domain.Jobs;

namespace JobServer.Data.Notifications;

/// <summary>What the message about an ended job says.</summary>
public sealed record JobEndedNotice
{
    public required string JobId { get; init; }

    public required string Action { get; init; }

    public required string Workspace { get; init; }

    public required int RequestNumber { get; init; }

    public required JobState State { get; init; }

    public required string StatusMessage { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? CompletedAt { get; init; }
}
