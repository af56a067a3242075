using JobServer.Contracts.V1;
using JobServer.Coordinator.Logs;
using JobServer.Data.Agents;

namespace JobServer.Coordinator.Agents;

/// <summary>Ends the sessions and the log streams whose token was revoked or has expired: one look for all of them.</summary>
internal sealed class TokenLoop(
    AgentDirectory directory, LogStreams logs, AgentSessions sessions, TokenSignal signal, TimeProvider timeProvider, ILogger<TokenLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NoteUseAfter = TimeSpan.FromMinutes(1);

    /// <summary>When the use of the tokens at hand was noted; only rounds touch it, which come one after another.</summary>
    private Dictionary<string, long> _noted = new(StringComparer.Ordinal);

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var live = directory.Live;
        var sending = logs.All;
        if (live.Count + sending.Count == 0)
        {
            return;
        }

        var hashes = live.Select(session => session.TokenHash).Concat(sending.Select(stream => stream.TokenHash)).Distinct(StringComparer.Ordinal).ToList();
        var backends = await sessions.BackendsOfTokensAsync(hashes, cancellationToken);
        foreach (var session in live.Where(session => !IsValid(session.TokenHash, session.BackendId)))
        {
            session.Close(GoAwayReason.Unspecified, TimeSpan.Zero, "The backend's token was revoked or has expired.", "the token is no longer valid");
        }

        // A stream that goes on is not authenticated again, and may outlive the session that it names.
        foreach (var stream in sending.Where(stream => !IsValid(stream.TokenHash, stream.Key.BackendId)))
        {
            stream.End();
        }

        await NoteUseAsync(hashes.FindAll(backends.ContainsKey), cancellationToken);

        bool IsValid(string hash, int backendId) => backends.TryGetValue(hash, out var found) && found == backendId;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loops.RunAsync("token", signal, Interval, RunOnceAsync, timeProvider, logger, stoppingToken);

    private async Task NoteUseAsync(List<string> used, CancellationToken cancellationToken)
    {
        var due = used.FindAll(hash => !_noted.TryGetValue(hash, out var at) || timeProvider.GetElapsedTime(at) >= NoteUseAfter);
        if (due.Count == 0)
        {
            return;
        }

        await sessions.NoteTokenUseAsync(due, NoteUseAfter, cancellationToken);
        var now = timeProvider.GetTimestamp();
        _noted = used.ToDictionary(hash => hash, hash => due.Contains(hash, StringComparer.Ordinal) ? now : _noted[hash], StringComparer.Ordinal);
    }
}
