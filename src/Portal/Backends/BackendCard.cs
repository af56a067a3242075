using JobServer.Domain.Backends;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Backends;

/// <summary>How a backend is doing.</summary>
internal sealed record BackendCard
{
    /// <summary>No word for this long, and a backend is called silent.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(30);

    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required BackendMode Mode { get; init; }

    public required string ModeMessage { get; init; }

    public required DateTimeOffset? LastSeenAt { get; init; }

    public required int RunningJobs { get; init; }

    public required int PendingJobs { get; init; }

    /// <summary>The person may run jobs here.</summary>
    public required bool IsMine { get; init; }

    public (Tone Tone, string Text, string Detail) Connection(DateTimeOffset now) => LastSeenAt switch
    {
        null => (Tone.Neutral, "Never connected", "None of its agents has called yet."),
        { } seen when now - seen > SilentAfter => (Tone.Bad, "Silent", "No word from its agents. Running jobs may go on there; new ones wait."),
        _ => (Tone.Good, "Online", ""),
    };

    /// <summary>Null while it takes all jobs.</summary>
    public (string Text, string Detail)? Limits => Mode switch
    {
        BackendMode.Paused => ("Paused", "Running jobs go on; none is started."),
        BackendMode.Draining => ("Draining", "Running jobs go on; none is started before a planned stop."),
        BackendMode.DatabaseMaintenance => ("Database maintenance", "Jobs that ask the database wait; others run."),
        _ => null,
    };
}
