using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Execution;

/// <summary>
/// Watches one sandbox to its end: asks it to stop when it is cancelled, its time is up or it is silent for too long, then
/// stops it by force, and calls for a person when even that does not help.
/// </summary>
internal sealed class SandboxWait(ISandbox sandbox, AgentJournal journal, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ForceEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AlarmAfter = TimeSpan.FromSeconds(10);

    /// <returns>How it ended, and why it was asked to, if it was; no exit when it is gone without a trace.</returns>
    public async Task<(SandboxExit? Exit, StopCause Cause)> RunAsync(
        AttemptControl attempt, AttemptDirectory directory, SandboxLimits limits, CancellationToken stopping)
    {
        // What is waited for here is measured, so that a clock that is set neither kills a job nor lets it run on. Only what an
        // agent before this one saw, and what files say, goes by the machine's clock.
        var begun = time.GetTimestamp();
        TimeSpan? startedAfter = null;
        var silence = new SilenceWatch(directory, limits);

        // What an agent before this one asked for goes on, with a new grace.
        var cause = StopNotes.Read(directory);
        TimeSpan? askedAt = cause == StopCause.None ? null : TimeSpan.Zero;
        TimeSpan? forcedAt = null;
        TimeSpan? alarmAt = null;
        var told = false;
        while (true)
        {
            var probe = sandbox.Probe(directory);
            var now = time.GetElapsedTime(begun);
            startedAfter ??= probe.StartedAt is { } started ? now - (time.GetUtcNow() - started) : null;
            var ended = probe.State switch
            {
                ProcessState.Alive => false,
                ProcessState.NotStarted => now > StartLimit && sandbox.GiveUp(directory),
                _ => true,
            };
            if (ended)
                return (probe.Exit, cause);

            if (askedAt is null && CauseToStop(attempt, limits, silence, now - (startedAfter ?? TimeSpan.Zero)) is var found and not StopCause.None)
            {
                cause = found;
                askedAt = now;
                Note(attempt.Key, directory, cause);
            }

            // In its first instants there is no program yet that could be told.
            told = told || (askedAt is not null && !attempt.Discarded && sandbox.Stop(directory, force: false));
            var grace = attempt.Discarded ? TimeSpan.Zero : attempt.Grace ?? limits.StopGrace;
            if (askedAt + grace <= now && !(forcedAt + ForceEvery > now))
            {
                sandbox.Stop(directory, force: true);
                forcedAt = now;
                alarmAt ??= now + AlarmAfter;
            }

            if (alarmAt <= now)
            {
                logger.CannotBeStopped(attempt.Key, AlarmAfter.TotalSeconds);
                alarmAt = TimeSpan.MaxValue;
            }

            await Task.Delay(LookEvery, time, stopping);
        }
    }

    // For an agent that is restarted meanwhile. A job that has filled the disk must be stopped nevertheless.
    private void Note(AttemptKey key, AttemptDirectory directory, StopCause cause)
    {
        try
        {
            StopNotes.Write(directory, cause);
            journal.Move(key, AttemptState.Stopping);
        }
        catch (IOException error)
        {
            logger.StopNotNoted(key, cause, error);
        }
    }

    private StopCause CauseToStop(AttemptControl attempt, SandboxLimits limits, SilenceWatch silence, TimeSpan ran) => true switch
    {
        _ when attempt.StopRequested.IsCancellationRequested => StopCause.Asked,
        _ when ran >= limits.Time => StopCause.TimeLimit,
        _ when silence.IsSilent(time.GetUtcNow() - ran, time.GetUtcNow()) => StopCause.Silence,
        _ when attempt.InterruptRequested.IsCancellationRequested => StopCause.Drain,
        _ => StopCause.None,
    };
}
