namespace JobServer.RunnerAgent.Connection;

/// <summary>Keeps a session: connects, and connects again.</summary>
internal sealed class AgentConnector(
    ISessionLinks links, AgentSession session, IAgentRandom random, TimeProvider time, ILogger<AgentConnector> logger)
{
    public async Task RunAsync(CancellationToken stopping)
    {
        var backOff = new BackOff(random);
        while (!stopping.IsCancellationRequested)
        {
            var end = await OneSessionAsync(stopping);
            if (stopping.IsCancellationRequested)
                return;

            backOff.Ended(end.Live);
            var wait = Wait(end, backOff);
            if (end.Kind == SessionEndKind.NotAuthenticated)
                logger.TokenRefused(wait.TotalSeconds);
            else if (end.Kind == SessionEndKind.Revoked)
                logger.Revoked(wait.TotalSeconds, end.Detail);
            else
                logger.SessionEnded(end.Kind, end.Detail, wait.TotalSeconds);

            await PauseAsync(wait, stopping);
        }
    }

    /// <summary>The longer of what the Coordinator asks for and our own wait, which spreads agents out.</summary>
    public static TimeSpan Wait(SessionEnd end, BackOff backOff)
    {
        if (end.Kind == SessionEndKind.NotAuthenticated)
            return backOff.Longest();

        if (end.Kind == SessionEndKind.Revoked)
            return backOff.AfterRevocation();

        var own = backOff.Next();
        return end.ReconnectAfter is { } asked && asked > own ? asked : own;
    }

    private async Task PauseAsync(TimeSpan wait, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(wait, time, stopping);
        }
        catch (OperationCanceledException)
        {
            // The loop ends by its condition.
        }
    }

    private async Task<SessionEnd> OneSessionAsync(CancellationToken stopping)
    {
        try
        {
            return await links.UseAsync(link => session.RunAsync(link, stopping));
        }
        catch (Exception error)
        {
            return SessionFailure.Of(error);
        }
    }
}
