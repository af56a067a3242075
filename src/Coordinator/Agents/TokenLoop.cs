using JobServer.Contracts.V1;
using JobServer.Data.Agents;

namespace JobServer.Coordinator.Agents;

/// <summary>Ends the sessions whose token was revoked or has expired: one look for all of them.</summary>
internal sealed class TokenLoop(
    AgentDirectory directory, AgentSessions sessions, TokenSignal signal, TimeProvider timeProvider, ILogger<TokenLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var live = directory.Live;
        if (live.Count == 0)
        {
            return;
        }

        var hashes = live.Select(session => session.TokenHash).Distinct(StringComparer.Ordinal).ToList();
        var backends = await sessions.BackendsOfTokensAsync(hashes, cancellationToken);
        foreach (var session in live)
        {
            if (!backends.TryGetValue(session.TokenHash, out var backendId) || backendId != session.BackendId)
            {
                session.Close(GoAwayReason.Unspecified, TimeSpan.Zero, "The backend's token was revoked or has expired.", "the token is no longer valid");
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loops.RunAsync("token", signal, Interval, RunOnceAsync, timeProvider, logger, stoppingToken);
}
