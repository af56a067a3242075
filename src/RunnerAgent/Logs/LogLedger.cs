using System.Threading.Channels;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Logs;

/// <summary>
/// Which logs are still to be sent, and how far each is. Nothing here is on disk: what is committed the Coordinator
/// says after a restart, and what is left to send is what still has a directory.
/// </summary>
internal sealed class LogLedger(IOptions<AgentOptions> options, AgentJournal journal, TimeProvider time, ILogger<LogLedger> logger)
{
    private const int MarksBeforePrune = 100;

    /// <summary>As long as the Coordinator takes the log of an ended job.</summary>
    public static readonly TimeSpan KeptAfterEnd = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Dictionary<AttemptKey, LogMark> _marks = [];

    // Beside the journal's open attempts: those that are forgotten but for their log. After a start, all may be.
    private readonly HashSet<AttemptKey> _left = [.. journal.Attempts.Where(attempt => attempt.Forgotten).Where(Travels).Select(attempt => attempt.Key)];
    private int _pruneAbove = MarksBeforePrune;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There may be another log to send, or one less.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await _wake.Reader.ReadAsync(cancellationToken);

    public LogSpool Spool(AttemptKey key) => new(AttemptDirectory.Of(options.Value, key));

    /// <summary>Attempts whose log may leave the site and is not over, those that still run too.</summary>
    public IReadOnlyList<AttemptRecord> Pending()
    {
        var followed = Followed();
        var pending = followed.Where(IsPending).ToList();
        lock (_lock)
        {
            _left.ExceptWith(followed.Select(attempt => attempt.Key));
            _left.UnionWith(pending.Select(attempt => attempt.Key));
        }

        Prune();
        return pending;
    }

    /// <summary>Attempts of which a spool may be on this disk, whether or not it is to be sent.</summary>
    public IReadOnlyList<AttemptRecord> Spools() => [.. Followed().Where(attempt => attempt.Started)];

    /// <summary>Whether the Coordinator is still to have what this attempt printed.</summary>
    public bool IsToBeSent(AttemptRecord attempt) => Travels(attempt) && !Find(attempt.Key).Done;

    public bool HasNews(AttemptRecord attempt)
    {
        var mark = Find(attempt.Key);
        return mark.NotBefore <= time.GetUtcNow() && (!attempt.Unfinished || Spool(attempt.Key).Length > mark.Committed);
    }

    /// <summary>In bytes: what waits to be committed of all logs together.</summary>
    /// <remarks>Only looks: it is asked from outside, at any moment.</remarks>
    public long Lag() => Followed()
        .Where(IsToBeSent)
        .Sum(attempt => Math.Max(0, Math.Min(Spool(attempt.Key).Length, LogStream.MaxSent) - Find(attempt.Key).Committed));

    public LogMark Find(AttemptKey key)
    {
        lock (_lock)
        {
            return _marks.GetValueOrDefault(key) ?? LogMark.New;
        }
    }

    public void Set(AttemptKey key, long committed) => Change(key, mark => mark with { Committed = committed, Damages = 0 });

    /// <summary>The bytes were damaged on their way.</summary>
    /// <returns>How often in a row.</returns>
    public int Damaged(AttemptKey key, long committed) => Change(key, mark => mark with { Committed = committed, Damages = mark.Damages + 1 }).Damages;

    public void Postpone(AttemptKey key, TimeSpan wait) => Change(key, mark => mark with { NotBefore = time.GetUtcNow() + wait, Damages = 0 });

    /// <summary>Nothing more is to be sent. Removes what was kept of the attempt for its log alone.</summary>
    public void Finish(AttemptKey key)
    {
        if (Change(key, mark => mark with { Done = true }).KeptForLog || journal.Find(key) is { Forgotten: true })
            Delete(key);
    }

    /// <summary>
    /// Whether the log of an attempt that is over must be kept a while longer; it is then removed when it is sent.
    /// </summary>
    public bool Keeps(AttemptKey key)
    {
        if (journal.Find(key) is not { TerminalMade: true } attempt || !IsPending(attempt))
            return false;

        lock (_lock)
        {
            _left.Add(key);
        }

        return !Change(key, mark => mark with { KeptForLog = !mark.Done }).Done;
    }

    private static bool Travels(AttemptRecord attempt) => attempt.Started && attempt.Assign.Spec?.Log == LogTravel.Send;

    /// <summary>What the agent has had before is not looked at again and again.</summary>
    private List<AttemptRecord> Followed()
    {
        // Open ones first: what is forgotten in between is among the others.
        var attempts = journal.Open.ToDictionary(attempt => attempt.Key);
        List<AttemptKey> left;
        lock (_lock)
        {
            left = [.. _left];
        }

        foreach (var key in left)
        {
            if (journal.Find(key) is { } attempt)
                attempts[key] = attempt;
        }

        return [.. attempts.Values];
    }

    private bool IsPending(AttemptRecord attempt)
    {
        if (!IsToBeSent(attempt))
            return false;
        if (!attempt.Forgotten)
            return true;
        if (!Spool(attempt.Key).Exists)
        {
            Change(attempt.Key, mark => mark with { Done = true });
            return false;
        }

        if (time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(attempt.ForgottenAtUnixMs) < KeptAfterEnd)
            return true;

        logger.NotTaken(attempt.Key, KeptAfterEnd.TotalHours);
        Finish(attempt.Key);
        return false;
    }

    private void Delete(AttemptKey key)
    {
        try
        {
            DirectoryTree.Delete(AttemptDirectory.Of(options.Value, key).Root);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            logger.CleanUpFailed(key, error);
        }
    }

    private LogMark Change(AttemptKey key, Func<LogMark, LogMark> change)
    {
        lock (_lock)
        {
            return _marks[key] = change(_marks.GetValueOrDefault(key) ?? LogMark.New);
        }
    }

    /// <summary>The journal forgets attempts for good after a while, and so does this.</summary>
    private void Prune()
    {
        lock (_lock)
        {
            if (_marks.Count <= _pruneAbove)
                return;

            foreach (var gone in _marks.Keys.Where(key => journal.Find(key) is null).ToList())
                _marks.Remove(gone);
            _pruneAbove = 2 * Math.Max(MarksBeforePrune, _marks.Count);
        }
    }
}
