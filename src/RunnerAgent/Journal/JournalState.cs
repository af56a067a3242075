using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Journal;

/// <summary>What the records of a journal add up to. Writing and replaying go through the same steps.</summary>
internal sealed class JournalState
{
    private readonly Dictionary<AttemptKey, AttemptRecord> _attempts = [];
    private readonly Dictionary<AttemptKey, AttemptRecord> _open = [];
    private readonly Dictionary<string, long> _fences = new(StringComparer.Ordinal);

    public string AgentId { get; private set; } = "";

    public string JournalId { get; private set; } = "";

    public long LastEpoch { get; private set; }

    public string HistoryId { get; private set; } = "";

    public IReadOnlyCollection<AttemptRecord> Attempts => _attempts.Values;

    /// <summary>Those that are not forgotten: few, however many the agent has had.</summary>
    public IReadOnlyCollection<AttemptRecord> Open => _open.Values;

    /// <summary>The highest fence of a job that is known here; 0 for none.</summary>
    public long HighestFence(string jobId) => _fences.GetValueOrDefault(jobId);

    public AttemptRecord? Find(AttemptKey key) => _attempts.GetValueOrDefault(key);

    public void Apply(JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalEntryKind.Identity:
                AgentId = entry.AgentId ?? "";
                JournalId = entry.JournalId ?? "";
                return;
            case JournalEntryKind.Session:
                LastEpoch = Math.Max(LastEpoch, entry.Epoch);
                HistoryId = entry.HistoryId ?? "";
                return;
            case JournalEntryKind.Attempt:
                Set(JournalSnapshots.ToRecord(entry));
                return;
            case JournalEntryKind.Moved:
            case JournalEntryKind.Started:
            case JournalEntryKind.Reported:
            case JournalEntryKind.Acknowledged:
            case JournalEntryKind.CancelRequested:
            case JournalEntryKind.OutputsCommitted:
            case JournalEntryKind.Forgotten:
                if (_attempts.TryGetValue(entry.Key, out var attempt))
                    Set(Next(attempt, entry));
                return;
            default:
                throw new InvalidOperationException($"The journal holds a record of an unknown kind: {entry.Kind}.");
        }
    }

    private void Set(AttemptRecord attempt)
    {
        _attempts[attempt.Key] = attempt;
        _fences[attempt.Key.JobId] = Math.Max(attempt.Key.Fence, HighestFence(attempt.Key.JobId));
        if (attempt.Forgotten)
            _open.Remove(attempt.Key);
        else
            _open[attempt.Key] = attempt;
    }

    private static AttemptRecord Next(AttemptRecord attempt, JournalEntry entry) => entry.Kind switch
    {
        JournalEntryKind.Moved => attempt with { State = entry.State },
        JournalEntryKind.Started => attempt with { Started = true, State = AttemptState.Running },
        JournalEntryKind.Reported => WithReport(attempt, Status.Parser.ParseFrom(entry.Body)),
        JournalEntryKind.Acknowledged when entry.Sequence > attempt.LastAcked => attempt with
        {
            LastAcked = Math.Min(entry.Sequence, attempt.LastMade),
            Reports = [.. attempt.Reports.Where(report => report.Sequence > entry.Sequence)],
        },
        JournalEntryKind.CancelRequested => attempt with { CancelReason = entry.Text ?? "", CancelGraceMs = entry.GraceMs },
        JournalEntryKind.OutputsCommitted => attempt with { ManifestDigest = entry.Text },
        JournalEntryKind.Forgotten => attempt with
        {
            State = AttemptState.Acked,
            Assign = JournalSnapshots.Remains(attempt.Assign) ?? new Assign { Attempt = attempt.Key.ToAttempt() },
            Reports = [],
            ForgottenAtUnixMs = entry.AtUnixMs,
        },
        _ => attempt,
    };

    private static AttemptRecord WithReport(AttemptRecord attempt, Status report) => attempt with
    {
        LastMade = report.Sequence,
        Reports = [.. attempt.Reports, report],
        TerminalMade = attempt.TerminalMade || StatusKinds.IsTerminal(report.Kind),
        State = StatusKinds.IsTerminal(report.Kind) ? AttemptState.Reported : attempt.State,
    };

    /// <summary>Attempts that were forgotten before a moment go for good.</summary>
    public void ForgetOlderThan(long unixMs)
    {
        foreach (var (key, attempt) in _attempts)
        {
            if (attempt.Forgotten && attempt.ForgottenAtUnixMs < unixMs)
                _attempts.Remove(key);
        }

        _fences.Clear();
        foreach (var key in _attempts.Keys)
            _fences[key.JobId] = Math.Max(key.Fence, HighestFence(key.JobId));
    }

    /// <summary>The same state in as few records as it takes.</summary>
    public IEnumerable<JournalEntry> Compacted()
    {
        yield return new JournalEntry { Kind = JournalEntryKind.Identity, AgentId = AgentId, JournalId = JournalId };
        yield return new JournalEntry { Kind = JournalEntryKind.Session, Epoch = LastEpoch, HistoryId = HistoryId };
        foreach (var attempt in _attempts.Values)
            yield return JournalSnapshots.ToEntry(attempt);
    }
}
