using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Execution;

/// <summary>
/// Watches one sandbox to its end: asks it to stop when its time is up or it is cancelled, then
/// stops it by force.
/// </summary>
internal sealed class SandboxWait(ISandbox sandbox, AgentJournal journal, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ForceEvery = TimeSpan.FromSeconds(1);

    /// <returns>How it ended, and whether it was our time limit; no exit when it is gone without a trace.</returns>
    public async Task<(SandboxExit? Exit, bool TimedOut)> RunAsync(
        AttemptControl attempt, AttemptDirectory directory, SandboxLimits limits, CancellationToken stopping)
    {
        var begun = time.GetUtcNow();
        DateTimeOffset? askedAt = null;
        DateTimeOffset? forcedAt = null;
        var timedOut = false;
        var told = false;
        while (true)
        {
            var probe = sandbox.Probe(directory);
            var now = time.GetUtcNow();
            var ended = probe.State switch
            {
                ProcessState.Alive => false,
                ProcessState.NotStarted => now - begun > StartLimit && sandbox.GiveUp(directory),
                _ => true,
            };
            if (ended)
                return (probe.Exit, timedOut);

            var over = now - (probe.StartedAt ?? begun) >= limits.Time;
            if (askedAt is null && (over || attempt.StopRequested.IsCancellationRequested))
            {
                timedOut = !attempt.StopRequested.IsCancellationRequested;
                askedAt = now;
                journal.Move(attempt.Key, AttemptState.Stopping);
            }

            // In its first instants there is no program yet that could be told.
            told = told || (askedAt is not null && !attempt.Discarded && sandbox.Stop(directory, force: false));
            var grace = attempt.Discarded ? TimeSpan.Zero : attempt.Grace ?? limits.StopGrace;
            if (askedAt + grace <= now && !(forcedAt + ForceEvery > now))
            {
                sandbox.Stop(directory, force: true);
                forcedAt = now;
            }

            await Task.Delay(LookEvery, time, stopping);
        }
    }
}
