using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>After its last report an attempt says that one again, or nothing: another end of the same attempt is an alarm.</summary>
internal static class SecondEnd
{
    /// <param name="job">Under the report's own fence and held by its agent.</param>
    /// <returns>Null when it is no second end; applied when it says the same again, contradicting when it does not.</returns>
    public static ReportOutcome? Judge(JobRow job, JobReport report)
    {
        if (!HasReportedEnd(job) || report.Trigger is not (JobTrigger.ReportSucceeded or JobTrigger.ReportFailed))
        {
            return null;
        }

        var code = report.Trigger == JobTrigger.ReportSucceeded ? JobStatusCode.Succeeded : report.FailureCode ?? JobStatusCode.InternalError;
        var isSame = job.StatusCode == code && job.ManifestDigest == report.ManifestDigest && job.ExitCode == report.ExitCode;

        // A last report that made no sense was applied as an internal error, and comes again as it was.
        var wasSenseless = job.StatusCode == JobStatusCode.InternalError && report.Sequence == job.AppliedSequence;
        return isSame || wasSenseless ? new ReportOutcome.Applied(report.Sequence) : new ReportOutcome.Contradicts(job.StatusCode, code);
    }

    public static JobEvent EventOf(JobRow job, JobReport report, ReportOutcome.Contradicts contradicts, DateTimeOffset now) => new()
    {
        JobId = job.Id,
        At = now,
        Kind = JobEventKind.Contradicted,
        State = job.State,
        StatusCode = job.StatusCode,
        Message = $"The agent reported a second end of this attempt, {contradicts.Reported} after {contradicts.Kept}; it was refused",
        Fence = job.Fence,
        Sequence = report.Sequence,
        AgentId = report.AgentId,
        SessionEpoch = report.SessionEpoch,
    };

    // A cancelled job may have ended without a report, when its attempt was lost; so its end is not compared.
    private static bool HasReportedEnd(JobRow job) =>
        job is { Phase: JobPhase.Ended, AppliedSequence: > 0, StatusCode: not JobStatusCode.CancelledByUser }
        && (job.StatusCode == JobStatusCode.Succeeded || job.StatusCode.IsReportableFailure());
}
