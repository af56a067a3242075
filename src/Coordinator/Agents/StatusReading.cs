using JobServer.Contracts.V1;
using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;

namespace JobServer.Coordinator.Agents;

/// <summary>Checks a Status frame and translates it.</summary>
internal static class StatusReading
{
    private const int MaxMessage = 8_000;

    /// <summary>Null when the frame is malformed.</summary>
    public static JobReport? Read(Status status, string agentId, long epoch)
    {
        if (status.Attempt is not { JobId.Length: Job.IdLength, Fence: > 0 } attempt || status.Sequence <= 0 || TriggerOf(status.Kind) is not { } trigger)
        {
            return null;
        }

        if (status.ManifestDigest is { Length: > 0 } digest && !Digests.IsWellFormed(digest))
        {
            return null;
        }

        return new JobReport
        {
            AgentId = agentId,
            SessionEpoch = epoch,
            JobId = attempt.JobId,
            Fence = attempt.Fence,
            Sequence = status.Sequence,
            Trigger = trigger,
            At = Instant(status.AtUnixMs),
            Message = Clean(status.Message),
            FailureCode = trigger == JobTrigger.ReportFailed ? CodeOf(status.Reason) : null,
            ExitCode = status.HasExitCode ? status.ExitCode : null,
            ManifestDigest = status.ManifestDigest is { Length: > 0 } manifest ? manifest : null,
        };
    }

    private static JobTrigger? TriggerOf(StatusKind kind) => kind switch
    {
        StatusKind.Preparing => JobTrigger.ReportPreparing,
        StatusKind.Executing => JobTrigger.ReportExecuting,
        StatusKind.Finalizing => JobTrigger.ReportFinalizing,
        StatusKind.Succeeded => JobTrigger.ReportSucceeded,
        StatusKind.Failed => JobTrigger.ReportFailed,
        StatusKind.Interrupted => JobTrigger.LoseAttempt,
        _ => null,
    };

    private static JobStatusCode CodeOf(FailureReason reason) => reason switch
    {
        FailureReason.NonzeroExit => JobStatusCode.NonzeroExit,
        FailureReason.UnmatchedPatterns => JobStatusCode.UnmatchedPatterns,
        FailureReason.TimedOut => JobStatusCode.TimedOut,
        FailureReason.NoOutput => JobStatusCode.NoOutput,
        FailureReason.Cancelled => JobStatusCode.CancelledByUser,
        FailureReason.OutOfMemory => JobStatusCode.OutOfMemory,
        FailureReason.ImageNotAvailable => JobStatusCode.ImageNotAvailable,
        FailureReason.InputMissing => JobStatusCode.InputMissing,
        FailureReason.SourceUnusable => JobStatusCode.SourceUnusable,
        FailureReason.DiskFull => JobStatusCode.DiskFull,
        _ => JobStatusCode.InternalError,
    };

    // The agent's clock may say anything; what is not a date is the beginning of time, and is clamped to the lease.
    private static DateTimeOffset Instant(long unixMs) =>
        unixMs is > 0 and < 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(unixMs) : DateTimeOffset.UnixEpoch;

    private static string Clean(string message) =>
        new([.. message.Take(MaxMessage).Select(c => char.IsControl(c) && c is not '\n' and not '\t' ? ' ' : c)]);
}
