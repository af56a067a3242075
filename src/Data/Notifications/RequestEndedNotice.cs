namespace JobServer.Data.Notifications;

/// <summary>What the message about an ended request says.</summary>
public sealed record RequestEndedNotice
{
    /// <summary>More are counted only.</summary>
    public const int MostFailures = 20;

    public required int RequestNumber { get; init; }

    public required string Identifier { get; init; }

    public required string Workspace { get; init; }

    public required int Succeeded { get; init; }

    public required int Failed { get; init; }

    public required TimeSpan Runtime { get; init; }

    /// <summary>At most <see cref="MostFailures"/>, in the order of the request.</summary>
    public required IReadOnlyList<FailedAction> Failures { get; init; }
}
