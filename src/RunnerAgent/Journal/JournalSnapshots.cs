using Google.Protobuf;
using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Journal;

/// <summary>One attempt as one record: when it is accepted, and when the journal is compacted.</summary>
internal static class JournalSnapshots
{
    public static JournalEntry ToEntry(AttemptRecord attempt) => new()
    {
        Kind = JournalEntryKind.Attempt,
        JobId = attempt.Key.JobId,
        Fence = attempt.Key.Fence,
        Body = attempt.Forgotten ? Remains(attempt.Assign)?.ToByteArray() : attempt.Assign.ToByteArray(),
        State = attempt.State,
        Started = attempt.Started,
        LastMade = attempt.LastMade,
        Sequence = attempt.LastAcked,
        Reports = attempt.Reports.Count == 0 ? null : [.. attempt.Reports.Select(report => report.ToByteArray())],
        TerminalMade = attempt.TerminalMade,
        Text = attempt.ManifestDigest,
        CancelReason = attempt.CancelReason,
        GraceMs = attempt.CancelGraceMs,
        AtUnixMs = attempt.ForgottenAtUnixMs,
    };

    public static AttemptRecord ToRecord(JournalEntry entry) => new()
    {
        Key = entry.Key,
        Assign = entry.Body is { } body ? Assign.Parser.ParseFrom(body) : new Assign { Attempt = entry.Key.ToAttempt() },
        State = entry.State,
        Started = entry.Started,
        LastMade = entry.LastMade,
        LastAcked = entry.Sequence,
        Reports = [.. (entry.Reports ?? []).Select(report => Status.Parser.ParseFrom(report))],
        TerminalMade = entry.TerminalMade,
        ManifestDigest = entry.Text,
        CancelReason = entry.CancelReason,
        CancelGraceMs = entry.GraceMs,
        ForgottenAtUnixMs = entry.AtUnixMs,
    };

    /// <summary>An attempt is forgotten when its last report is acknowledged; its log may still be on its way.</summary>
    /// <returns>What the log needs of the assignment; null for nothing.</returns>
    public static Assign? Remains(Assign assign) => assign.Spec is { Log: LogTravel.Send }
        ? new Assign { Attempt = assign.Attempt, Spec = new JobSpec { Log = LogTravel.Send } }
        : null;
}
