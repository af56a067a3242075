using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Transfers;
using JobServer.RunnerAgent.Workspaces;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Execution;

internal sealed class AttemptWork(
    IOptions<AgentOptions> options,
    AgentJournal journal,
    AgentWake wake,
    ImageCatalogue images,
    IAttemptFiles files,
    ISandbox sandbox,
    OutputUploader uploader,
    TimeProvider time,
    ILogger<AttemptWork> logger) : IAttemptWork
{
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
        catch (AttemptFencedException fenced)
        {
            logger.Fenced(attempt.Key, fenced.Message);
            attempt.Discard();
        }
        catch (AttemptFailedException failed)
        {
            await FinishAsync(attempt, JobOutcome.Failed(exit: null, failed.Reason, failed.Message));
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

    public void CleanUp(AttemptKey key) => DirectoryTree.Delete(AttemptDirectory.Of(options.Value, key).Root);

    public ProcessState Probe(AttemptKey key) => sandbox.Probe(AttemptDirectory.Of(options.Value, key)).State;

    private async Task<Status> ToEndAsync(AttemptControl attempt, CancellationToken token, CancellationToken stopping)
    {
        var key = attempt.Key;
        var spec = attempt.Assign.Spec;
        var limits = SandboxLimits.Of(spec.Limits, options.Value.Limits);
        var directory = AttemptDirectory.Of(options.Value, key);
        if (journal.Find(key) is not { Started: true })
            await StartAsync(attempt, spec, limits, token);
        else if (sandbox.Probe(directory).State == ProcessState.NotStarted && sandbox.GiveUp(directory))
            return Interrupted("The agent was stopped just before it would have started the job.");

        var (exit, timedOut) = await new SandboxWait(sandbox, journal, time).RunAsync(attempt, directory, limits, stopping);
        if (attempt.Discarded)
            throw new OperationCanceledException(attempt.StopRequested);
        if (exit is null)
            return attempt.Cancelled ? JobOutcome.Cancelled(null) : Interrupted("The job's process is gone, as after a restart of the machine.");

        journal.Move(key, AttemptState.Collecting);
        Report(key, new Status { Kind = StatusKind.Finalizing, Message = "Collecting outputs" });
        return await CollectAsync(attempt, spec, directory, exit, timedOut, limits, token);
    }

    private async Task StartAsync(AttemptControl attempt, JobSpec spec, SandboxLimits limits, CancellationToken token)
    {
        var key = attempt.Key;
        if (journal.Find(key)!.LastMade == 0)
            Report(key, new Status { Kind = StatusKind.Preparing, Message = "Preparing" });
        if (images.Find(spec.Image, spec.ImageVersion, out var image) is { } problem)
            throw new AttemptFailedException(FailureReason.ImageNotAvailable, problem);
        if (!image.Entrypoint.Concat(spec.Arguments).Any())
            throw new AttemptFailedException(FailureReason.NonzeroExit, $"The image {spec.Image} needs the command to run after its name.");

        journal.Move(key, AttemptState.Preparing);
        var directory = await files.BuildAsync(key, spec, token);
        token.ThrowIfCancellationRequested();

        // From here on the attempt is never started again, whatever happens next.
        journal.MarkStarted(key);
        sandbox.Start(new SandboxRequest
        {
            Directory = directory,
            Command = [.. image.Entrypoint, .. spec.Arguments],
            Environment = Environment(spec),
            Tools = image.Tools,
            Limits = limits,
        });
        Report(key, new Status
        {
            Kind = StatusKind.Executing,
            Message = "Executing",
            StartedUnixMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
    }

    private async Task<Status> CollectAsync(
        AttemptControl attempt,
        JobSpec spec,
        AttemptDirectory directory,
        SandboxExit exit,
        bool timedOut,
        SandboxLimits limits,
        CancellationToken token)
    {
        var key = attempt.Key;
        var failure = attempt.Cancelled ? JobOutcome.Cancelled(exit) : JobOutcome.Failure(exit, timedOut, limits);

        // What a cancelled job made is kept at the site too, so collecting is not itself cancelled.
        var outputs = await files.CollectAsync(directory, spec, failure is null, failure is null ? token : CancellationToken.None);
        if (failure is null && outputs.UnmatchedPatterns.Count > 0)
            failure = JobOutcome.Unmatched(exit, outputs.UnmatchedPatterns);

        var manifest = new SiteManifest
        {
            JobId = key.JobId,
            Fence = key.Fence,
            Workspace = spec.Workspace,
            Action = spec.Action,
            Commit = spec.Source?.Commit ?? "",
            Files = outputs.Files,
        };
        files.WriteManifest(manifest);
        var end = failure ?? await SendAsync(attempt, manifest, exit, token);
        await files.KeepLogAsync(key, spec, directory, end, outputs, CancellationToken.None);
        return end;
    }

    private async Task<Status> SendAsync(AttemptControl attempt, SiteManifest manifest, SandboxExit exit, CancellationToken token)
    {
        var digest = await uploader.SendAsync(attempt.Key, manifest, token);
        files.NameManifest(attempt.Key, digest);
        journal.OutputsCommitted(attempt.Key, digest);
        return JobOutcome.Succeeded(exit, manifest.Files.Count(file => file.Disposition == OutputDisposition.Excluded), digest);
    }

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
        ["PATH"] = $"{BubblewrapCommand.ToolDirectory}:/usr/local/bin:/usr/bin:/bin",
        ["HOME"] = "/tmp",
        ["LANG"] = "C.UTF-8",
        ["JOBSERVER_BACKEND"] = options.Value.Backend,
        ["JOBSERVER_WORKSPACE"] = spec.Workspace,
        ["JOBSERVER_ACTION"] = spec.Action,
        ["OPENSAFELY_BACKEND"] = options.Value.Backend,
    };

    private static Status Interrupted(string message) => new() { Kind = StatusKind.Interrupted, Message = message };
}
