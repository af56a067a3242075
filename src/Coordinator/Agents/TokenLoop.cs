using JobServer.Contracts.V1;
using JobServer.Coordinator.Logs;
using JobServer.Data.Agents;

namespace JobServer.Coordinator.Agents;

/// <summary>Ends the sessions and the log streams whose token was revoked or has expired: one look for all of them.</summary>
internal sealed class TokenLoop(
    AgentDirectory directory, LogStreams logs, AgentSessions sessions, TokenSignal signal, TimeProvider timeProvider, ILogger<TokenLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

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

        bool IsValid(string hash, int backendId) => backends.TryGetValue(hash, out var found) && found == backendId;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loops.RunAsync("token", signal, Interval, RunOnceAsync, timeProvider, logger, stoppingToken);
}
