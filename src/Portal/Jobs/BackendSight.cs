using JobServer.Domain.Backends;
using JobServer.Portal.Backends;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Jobs;

/// <summary>What a page about unfinished jobs must say of their backend.</summary>
internal sealed record BackendSight
{
    public required string Slug { get; init; }

    public required string Name { get; init; }

    public required BackendMode Mode { get; init; }

    public required string ModeMessage { get; init; }

    public required DateTimeOffset? LastSeenAt { get; init; }

    public bool IsSilent(DateTimeOffset now) => LastSeenAt is not { } seen || now - seen > BackendCard.SilentAfter;

    /// <summary>Sentences to show above unfinished jobs; none when all is well.</summary>
    public IEnumerable<string> Warnings(DateTimeOffset now)
    {
        if (LastSeenAt is not { } seen)
            yield return $"Nothing was heard from {Name} yet. Its jobs wait until it connects.";
        else if (IsSilent(now))
            yield return $"{Name} is silent: it was last heard {Moments.Relative(seen, now)}. What is shown of its jobs may be old; it reports again once it is back.";
        if (Mode != BackendMode.Active)
            yield return ModeText() + (ModeMessage.Length > 0 ? " " + ModeMessage : "");
    }

    private string ModeText() => Mode switch
    {
        BackendMode.Active => "",
        BackendMode.Paused => $"{Name} is paused: running jobs go on, none is started.",
        BackendMode.Draining => $"{Name} is being drained before a planned stop: running jobs go on, none is started.",
        BackendMode.DatabaseMaintenance => $"{Name} is in database maintenance: database jobs wait, others run.",
    };
}
