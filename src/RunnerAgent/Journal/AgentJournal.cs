using Google.Protobuf;
using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Journal;

/// <summary>
/// What this agent has promised and reported. A method that returns has made its record durable; a disk error goes to the
/// caller and the record counts as not written. Also where nobody waits for it, no record is begun before the last is
/// durable: a disk may write two in any order, and one whole record behind a torn one is damage that stops the agent.
/// </summary>
internal sealed class AgentJournal
{
    private static readonly TimeSpan KeepForgotten = TimeSpan.FromDays(7);

    private readonly Lock _lock = new();
    private readonly JournalState _state = new();
    private readonly IJournalStorage _storage;
    private readonly TimeProvider _time;
    private readonly long _compactAbove;
    private long _size;
    private long _compactedSize;
    private bool _isTorn;

    /// <param name="storage">Where the records are.</param>
    /// <param name="random">Makes the agent's name when the journal is new.</param>
    /// <param name="time">For when attempts were forgotten.</param>
    /// <param name="compactAbove">In bytes; the file is rewritten when it is larger than this and twice what it was.</param>
    public AgentJournal(IJournalStorage storage, IAgentRandom random, TimeProvider time, long compactAbove = 4 * 1024 * 1024)
    {
        _storage = storage;
        _time = time;
        _compactAbove = compactAbove;

        var content = storage.Read() ?? [];
        var entries = JournalCodec.Decode(content, out var length);
        if (length < content.Length)
            storage.Truncate(length);

        entries.ForEach(_state.Apply);
        _size = _compactedSize = length;
        if (_state.AgentId.Length == 0)
        {
            _state.Apply(new JournalEntry
            {
                Kind = JournalEntryKind.Identity,
                AgentId = random.NewId(),
                JournalId = random.NewId(),
            });
            Compact();
        }
    }

    public string AgentId => _state.AgentId;

    public string JournalId => _state.JournalId;

    public long LastEpoch => Read(state => state.LastEpoch);

    public string HistoryId => Read(state => state.HistoryId);

    /// <summary>All of the last days. For a start; what is done again and again looks at <see cref="Open"/>.</summary>
    public IReadOnlyList<AttemptRecord> Attempts => Read(state => state.Attempts.ToList());

    /// <summary>Attempts of which something is still to be done or to be acknowledged.</summary>
    public IReadOnlyList<AttemptRecord> Open => Read(state => state.Open.ToList());

    public AttemptRecord? Find(AttemptKey key) => Read(state => state.Find(key));

    public void RecordSession(long epoch, string historyId) =>
        Write(new JournalEntry { Kind = JournalEntryKind.Session, Epoch = epoch, HistoryId = historyId });

    public AcceptOutcome Accept(Assign assign)
    {
        var key = AttemptKey.Of(assign.Attempt);
        lock (_lock)
        {
            if (_state.Find(key) is not null)
                return AcceptOutcome.Known;
            if (_state.HighestFence(key.JobId) > key.Fence)
                return AcceptOutcome.Stale;

            Write(JournalSnapshots.ToEntry(new AttemptRecord { Key = key, Assign = assign }));
            return AcceptOutcome.Accepted;
        }
    }

    public void Move(AttemptKey key, AttemptState state) =>
        Write(Entry(JournalEntryKind.Moved, key) with { State = state });

    public void MarkStarted(AttemptKey key) => Write(Entry(JournalEntryKind.Started, key));

    /// <summary>Gives the report its number and keeps it until it is acknowledged.</summary>
    /// <returns>False when the attempt has ended or is forgotten; the report is then dropped.</returns>
    public bool Report(AttemptKey key, Status report)
    {
        lock (_lock)
        {
            if (_state.Find(key) is not { Unfinished: true } attempt)
                return false;

            report.Attempt = key.ToAttempt();
            report.Sequence = attempt.LastMade + 1;
            report.AtUnixMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
            Write(Entry(JournalEntryKind.Reported, key) with { Body = report.ToByteArray() });
            return true;
        }
    }

    /// <summary>
    /// Killed before this, the agent has the report still, and its next Hello is told that it was applied.
    /// </summary>
    public void Acknowledge(AttemptKey key, long sequence) =>
        Write(Entry(JournalEntryKind.Acknowledged, key) with { Sequence = sequence });

    public void RequestCancel(AttemptKey key, string reason, long graceMs) =>
        Write(Entry(JournalEntryKind.CancelRequested, key) with { Text = reason, GraceMs = graceMs });

    public void OutputsCommitted(AttemptKey key, string manifestDigest) =>
        Write(Entry(JournalEntryKind.OutputsCommitted, key) with { Text = manifestDigest });

    public void Forget(AttemptKey key) => Write(
        Entry(JournalEntryKind.Forgotten, key) with { AtUnixMs = _time.GetUtcNow().ToUnixTimeMilliseconds() });

    private static JournalEntry Entry(JournalEntryKind kind, AttemptKey key) =>
        new() { Kind = kind, JobId = key.JobId, Fence = key.Fence };

    private T Read<T>(Func<JournalState, T> read)
    {
        lock (_lock)
        {
            return read(_state);
        }
    }

    private void Write(JournalEntry entry)
    {
        lock (_lock)
        {
            var record = JournalCodec.Encode(entry);
            Append(record);
            _state.Apply(entry);
            _size += record.Length;
            if (_size > _compactAbove && _size > 2 * _compactedSize)
                CompactIfPossible();
        }
    }

    // The record is written whatever becomes of this. To say otherwise would deny a promise that is on disk.
    private void CompactIfPossible()
    {
        try
        {
            Compact();
        }
        catch (IOException)
        {
            // Either content may be in place, each of them whole. There is another try when it has doubled again.
            _size = _compactedSize = _storage.Read()?.Length ?? 0;
        }
    }

    private void Append(byte[] record)
    {
        try
        {
            // A disk that could not even cut the last one is asked again first.
            CutTorn();
            _storage.Append(record);
            _storage.Flush();
        }
        catch (IOException)
        {
            // Half a record must not stay in the way of the next one.
            _isTorn = true;
            CutTorn();
            throw;
        }
    }

    private void CutTorn()
    {
        if (!_isTorn)
            return;

        _storage.Truncate(_size);
        _isTorn = false;
    }

    private void Compact()
    {
        _state.ForgetOlderThan((_time.GetUtcNow() - KeepForgotten).ToUnixTimeMilliseconds());
        var content = _state.Compacted().SelectMany(JournalCodec.Encode).ToArray();
        _storage.Replace(content);
        _size = _compactedSize = content.Length;
    }
}
