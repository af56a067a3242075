using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Logs;

/// <summary>
/// Sends the logs that may leave the site, for as long as the agent lives. No job and no report waits for it, and
/// nothing is looked at while no log is to be sent.
/// </summary>
internal sealed class LogSender(
    LogLedger ledger,
    ILogLinks links,
    AgentJournal journal,
    LiveSession session,
    IAgentRandom random,
    TimeProvider time,
    ILogger<LogSender> logger)
{
    public async Task RunAsync(CancellationToken stopping)
    {
        var backOff = new BackOff(random);
        while (!stopping.IsCancellationRequested)
        {
            var begun = time.GetTimestamp();
            try
            {
                await NewsAsync(stopping);
                await session.WaitAsync(stopping);
                begun = time.GetTimestamp();
                await links.UseAsync(link => new LogStream(ledger, journal, session, time, logger).RunAsync(link, stopping));
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                // The spool stays; the next start goes on from what is committed.
            }
            catch (Exception error)
            {
                // Logs matter less than jobs: whatever it is, it ends this stream and nothing else.
                backOff.Ended(time.GetElapsedTime(begun));
                var wait = backOff.Next();
                logger.Interrupted(error.Message, wait.TotalSeconds);
                await PauseAsync(wait, stopping);
            }
        }
    }

    private async Task NewsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var pending = ledger.Pending();
            if (pending.Any(ledger.HasNews))
                return;
            if (pending.Count == 0)
                await ledger.WaitAsync(cancellationToken);
            else
                await Task.Delay(LogStream.Coalesce, time, cancellationToken);
        }
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
}
