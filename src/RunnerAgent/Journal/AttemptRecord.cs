using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Journal;

/// <summary>What the journal knows of one attempt; an immutable picture of one moment.</summary>
internal sealed record AttemptRecord
{
    public required AttemptKey Key { get; init; }

    public required Assign Assign { get; init; }

    public AttemptState State { get; init; } = AttemptState.Accepted;

    /// <summary>The supervisor was about to be started: from here on the attempt is never started again.</summary>
    public bool Started { get; init; }

    public long LastMade { get; init; }

    public long LastAcked { get; init; }

    /// <summary>Reports after <see cref="LastAcked"/>, in order.</summary>
    public IReadOnlyList<Status> Reports { get; init; } = [];

    public bool TerminalMade { get; init; }

    public string? ManifestDigest { get; init; }

    public string? CancelReason { get; init; }

    public long CancelGraceMs { get; init; }

    /// <summary>
    /// Nothing is left to do. Kept for a while so that a late copy of the assignment starts nothing.
    /// </summary>
    public bool Forgotten => State == AttemptState.Acked;

    public long ForgottenAtUnixMs { get; init; }

    public bool Unfinished => !Forgotten && !TerminalMade;
}
