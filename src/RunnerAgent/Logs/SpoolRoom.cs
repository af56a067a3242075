using JobServer.RunnerAgent.Journal;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Logs;

/// <summary>
/// Keeps the spools of all attempts together within their limit, however long no Coordinator takes them. Those of ended
/// attempts are removed, the oldest first: before all others what nobody waits for any more, then what was not sent, which
/// is told as a gap. What a running job prints is bounded by its share of the limit.
/// </summary>
internal sealed class SpoolRoom(IOptions<AgentOptions> options, LogLedger ledger, TimeProvider time, ILogger<SpoolRoom> logger)
{
    /// <summary>Until then the spools may be over their limit by what was printed meanwhile.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Make();
            }
            catch (Exception error)
            {
                // A disk that cannot be looked at now is looked at again; no job ends for its log.
                logger.NotLookedAt(error);
            }

            try
            {
                await Task.Delay(LookEvery, time, stopping);
            }
            catch (OperationCanceledException)
            {
                // The loop ends by its condition.
            }
        }
    }

    public void Make()
    {
        var spools = ledger.Spools().Select(attempt => (Attempt: attempt, Spool: ledger.Spool(attempt.Key))).Where(one => one.Spool.Length > 0).ToList();
        var over = spools.Sum(one => one.Spool.Length) - options.Value.LogSpoolLimit;
        if (over <= 0)
            return;

        var ended = spools
            .Where(one => !one.Attempt.Unfinished)
            .OrderBy(one => Unsent(one.Attempt, one.Spool) > 0)
            .ThenBy(one => one.Spool.LastWrite)
            .ToList();
        foreach (var (attempt, spool) in ended)
        {
            if (over <= 0)
                return;

            over -= GiveUp(attempt, spool);
        }
    }

    private long Unsent(AttemptRecord attempt, LogSpool spool) =>
        ledger.IsToBeSent(attempt) ? Math.Max(0, spool.Length - ledger.Find(attempt.Key).Committed) : 0;

    /// <returns>What was won, in bytes.</returns>
    private long GiveUp(AttemptRecord attempt, LogSpool spool)
    {
        var (length, unsent) = (spool.Length, Unsent(attempt, spool));
        try
        {
            spool.GiveUp();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            logger.NotGivenUp(attempt.Key, error);
            return 0;
        }

        if (unsent > 0)
            logger.GivenUp(attempt.Key, unsent, options.Value.LogSpoolLimit);

        return length;
    }
}
