using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Logs;
using JobServer.RunnerAgent.Transfers;
using JobServer.RunnerAgent.Workspaces;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Execution;

internal sealed class AttemptWork(
    IOptions<AgentOptions> options,
    AgentJournal journal,
    AgentWake wake,
    IImages images,
    IAttemptFiles files,
    ISandbox sandbox,
    OutputUploader uploader,
    StepRetry retry,
    LogLedger logs,
    TimeProvider time,
    ILogger<AttemptWork> logger) : IAttemptWork
{
    private const string DrainedMessage = "The backend's agent had to stop before the action ended; it is run again.";

    public async Task RunAsync(AttemptControl attempt, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(attempt.StopRequested, stopping);
        try
        {
            await FinishAsync(attempt, await ToEndAsync(attempt, either.Token, stopping));
        }
        catch (OperationCanceledException) when (attempt.Discarded || stopping.IsCancellationRequested)
        {
            // Discarded: cleaned up by who discarded it. Stopping: the sandbox runs on.
        }
        catch (OperationCanceledException) when (attempt.Cancelled)
        {
            await FinishAsync(attempt, JobOutcome.Cancelled(exit: null));
        }
        catch (OperationCanceledException) when (attempt.InterruptRequested.IsCancellationRequested)
        {
            await FinishAsync(attempt, Interrupted(DrainedMessage));
        }
        catch (AttemptFencedException fenced)
        {
            logger.Fenced(attempt.Key, fenced.Message);
            attempt.Discard();
        }
        catch (AttemptFailedException failed)
        {
            await FinishAsync(attempt, JobOutcome.Failed(exit: null, failed.Reason, failed.Message));
        }
        catch (TransferRefusedException refused)
        {
            logger.AttemptBroke(attempt.Key, refused);
            await FinishAsync(attempt, JobOutcome.Failed(null, FailureReason.InternalError, $"The Coordinator refused the outputs: {refused.Message}"));
        }
        catch (IOException error) when (DiskSpace.IsFull(error))
        {
            logger.DiskFull(attempt.Key, error);
            await FinishAsync(attempt, JobOutcome.Failed(null, FailureReason.DiskFull, "Out of disk space at the backend, please try again later"));
        }
        catch (Exception error)
        {
            logger.AttemptBroke(attempt.Key, error);
            await FinishAsync(attempt, JobOutcome.Failed(
                null, FailureReason.InternalError, "Internal error at the backend; the people who run it find the cause in the agent's log."));
        }
    }

    public void CleanUp(AttemptKey key)
    {
        var directory = AttemptDirectory.Of(options.Value, key);
        DirectoryTree.Delete(logs.Keeps(key) ? directory.Work : directory.Root);
        logs.Wake();
    }

    public ProcessState Probe(AttemptKey key) => sandbox.Probe(AttemptDirectory.Of(options.Value, key)).State;

    private async Task<Status> ToEndAsync(AttemptControl attempt, CancellationToken token, CancellationToken stopping)
    {
        var key = attempt.Key;
        var spec = attempt.Assign.Spec;
        var limits = SandboxLimits.Of(spec.Limits, options.Value.Limits) with { LogSize = options.Value.LogSize };
        var directory = AttemptDirectory.Of(options.Value, key);
        if (journal.Find(key) is not { Started: true })
            await StartOrGiveUpAsync(attempt, spec, limits, token);
        else if (sandbox.Probe(directory).State == ProcessState.NotStarted && sandbox.GiveUp(directory))
            return Interrupted("The agent was stopped just before it would have started the job.");

        var (exit, cause) = await new SandboxWait(sandbox, journal, time, logger).RunAsync(attempt, directory, limits, stopping);
        if (attempt.Discarded)
            throw new OperationCanceledException(attempt.StopRequested);
        if (exit is null)
            return attempt.Cancelled ? JobOutcome.Cancelled(null) : Interrupted("The job's process is gone, as after a restart of the machine.");
        if (cause == StopCause.Drain && !attempt.Cancelled)
            return Interrupted(DrainedMessage);

        if (exit is { ProgramRan: false } && !attempt.Cancelled && cause == StopCause.None && PassingCause.IsShortage(LogStart(directory)))
            return Interrupted("The sandbox could not be made because the backend's machine is short of resources; it is tried again.");

        journal.Move(key, AttemptState.Collecting);
        Report(key, new Status { Kind = StatusKind.Finalizing, Message = "Collecting outputs" });
        return await CollectAsync(attempt, spec, directory, exit, cause, limits, token);
    }

    // A drain that reaches its deadline ends what is being prepared; what was collected is still sent.
    private async Task StartOrGiveUpAsync(AttemptControl attempt, JobSpec spec, SandboxLimits limits, CancellationToken token)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, attempt.InterruptRequested);
        await StartAsync(attempt, spec, limits, either.Token);
    }

    private async Task StartAsync(AttemptControl attempt, JobSpec spec, SandboxLimits limits, CancellationToken token)
    {
        var key = attempt.Key;
        if (journal.Find(key)!.LastMade == 0)
            Report(key, new Status { Kind = StatusKind.Preparing, Message = "Preparing" });
        var image = await retry.RunAsync(
            "Preparing the image",
            cancel => images.PrepareAsync(spec.Image, spec.ImageVersion, Say, cancel),
            Say,
            token);
        if (!image.HasCommand && !image.Entrypoint.Concat(spec.Arguments).Any())
            throw new AttemptFailedException(FailureReason.NonzeroExit, $"The image {spec.Image} needs the command to run after its name.");

        journal.Move(key, AttemptState.Preparing);
        var directory = await retry.RunAsync(
            "Preparing the code",
            cancel => files.BuildAsync(key, spec, cancel),
            Say,
            token);
        token.ThrowIfCancellationRequested();

        // From here on the attempt is never started again, whatever happens next.
        journal.MarkStarted(key);
        logs.Wake();
        var request = new SandboxRequest
        {
            Directory = directory,
            Image = image,
            Arguments = spec.Arguments,
            Environment = Environment(spec),
            Limits = limits,
        };
        await retry.RunAsync(
            "Starting the action",
            cancel => StartAsync(request, cancel),
            Say,
            token);
        Report(key, new Status
        {
            Kind = StatusKind.Executing,
            Message = "Executing",
            StartedUnixMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });

        void Say(string message) => Report(key, new Status { Kind = StatusKind.Preparing, Message = message });
    }

    private async Task<bool> StartAsync(SandboxRequest request, CancellationToken token)
    {
        await sandbox.StartAsync(request, token);
        return true;
    }

    private async Task<Status> CollectAsync(
        AttemptControl attempt,
        JobSpec spec,
        AttemptDirectory directory,
        SandboxExit exit,
        StopCause cause,
        SandboxLimits limits,
        CancellationToken token)
    {
        var key = attempt.Key;
        var failure = attempt.Cancelled ? JobOutcome.Cancelled(exit) : JobOutcome.Failure(exit, cause, limits);

        // What a cancelled job made is kept at the site too, so collecting is not itself cancelled.
        var outputs = failure is null
            ? await FinalizeAsync(key, "Collecting outputs", cancel => files.CollectAsync(directory, spec, true, cancel), token)
            : await files.CollectAsync(directory, spec, false, CancellationToken.None);
        if (failure is null && outputs.UnmatchedPatterns.Count > 0)
            failure = JobOutcome.Unmatched(exit, outputs.UnmatchedPatterns);

        var manifest = new SiteManifest
        {
            JobId = key.JobId,
            Fence = key.Fence,
            Workspace = spec.Workspace,
            Action = spec.Action,
            Commit = spec.Source?.Commit ?? "",
            Request = spec.RequestNumber,
            Image = $"{spec.Image}:{spec.ImageVersion}",
            Files = outputs.Files,
        };
        files.WriteManifest(manifest);
        var end = failure ?? await SendAsync(attempt, manifest, exit, token);
        await files.KeepLogAsync(key, spec, directory, end, outputs, CancellationToken.None);
        return end;
    }

    private async Task<Status> SendAsync(AttemptControl attempt, SiteManifest manifest, SandboxExit exit, CancellationToken token)
    {
        var digest = await FinalizeAsync(attempt.Key, "Sending outputs", cancel => uploader.SendAsync(attempt.Key, manifest, cancel), token);
        files.NameManifest(attempt.Key, digest);
        journal.OutputsCommitted(attempt.Key, digest);
        return JobOutcome.Succeeded(exit, manifest.Files.Count(file => file.Disposition == OutputDisposition.Excluded), digest);
    }

    private Task<T> FinalizeAsync<T>(AttemptKey key, string what, Func<CancellationToken, Task<T>> step, CancellationToken token) =>
        retry.RunAsync(what, step, message => Report(key, new Status { Kind = StatusKind.Finalizing, Message = message }), token);

    private Task FinishAsync(AttemptControl attempt, Status end)
    {
        if (attempt.Discarded)
            return Task.CompletedTask;

        if (attempt.Cancelled && end.Kind is not StatusKind.Failed)
            end = JobOutcome.Cancelled(exit: null);

        logger.Ended(attempt.Key, end.Kind, end.Reason, end.HasExitCode ? end.ExitCode : null);
        Report(attempt.Key, end);
        return Task.CompletedTask;
    }

    private void Report(AttemptKey key, Status report)
    {
        journal.Report(key, report);
        wake.Set();
    }

    private Dictionary<string, string> Environment(JobSpec spec) => new(StringComparer.Ordinal)
    {
        ["HOME"] = "/tmp",
        ["LANG"] = "C.UTF-8",

        // What is printed shows at once: in the log, and as a sign of life.
        ["PYTHONUNBUFFERED"] = "1",
        ["JOBSERVER_BACKEND"] = options.Value.Backend,
        ["JOBSERVER_WORKSPACE"] = spec.Workspace,
        ["JOBSERVER_ACTION"] = spec.Action,
        ["OPENSAFELY_BACKEND"] = options.Value.Backend,
    };

    // The program never ran, so what is there are the sandbox's own words.
    private static string LogStart(AttemptDirectory directory) =>
        File.Exists(directory.Log) ? string.Join('\n', File.ReadLines(directory.Log).Take(20)) : "";

    private static Status Interrupted(string message) => new() { Kind = StatusKind.Interrupted, Message = message };
}
