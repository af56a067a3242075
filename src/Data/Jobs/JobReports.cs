using JobServer.Data.Audit;
using JobServer.Data.Releases;
using JobServer.Data.Writing;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>Applies agents' reports: a batch is one transaction, and nothing is acknowledged before it is committed.</summary>
public sealed class JobReports(DatabaseWriter writer, AuditLog audit, IDatabaseClock clock, TimeProvider timeProvider, Random random)
{
    /// <summary>Attempts that may end without a result before the job is given up.</summary>
    public const int MaxLostAttempts = 3;

    public Task<ReportBatchResult> ApplyAsync(IReadOnlyList<JobReport> reports, CancellationToken cancellationToken) =>
        writer.RunAsync((db, token) => ApplyAsync(db, reports, token), cancellationToken);

    private async Task<ReportBatchResult> ApplyAsync(JobServerDb db, IReadOnlyList<JobReport> reports, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();

        // How long a job waits is told by the clock that every Coordinator shares; it is asked only when one is to wait.
        var queuedAt = reports.Any(report => report.Trigger == JobTrigger.LoseAttempt) ? await clock.NowAsync(cancellationToken) : now;
        var batch = await ReportBatch.ReadAsync(db, reports, cancellationToken);
        var changes = new JobChangeSet(db, now);
        var outcomes = new List<ReportOutcome>(reports.Count);
        var succeeded = new List<JobRow>();
        var anyEnded = false;
        foreach (var report in reports)
        {
            // An earlier report of the same batch may have moved the job: the batch knows how it stands.
            var decision = Decide(batch, report, queuedAt);
            outcomes.Add(decision.Outcome);
            if (decision is { Job: { } ended, Outcome: ReportOutcome.Contradicts contradicts })
            {
                db.JobEvents.Add(SecondEnd.EventOf(ended, report, contradicts, now));
            }

            if (decision is not { Job: { } job, Move: { } move })
            {
                continue;
            }

            batch.Note(changes.Plan(job, move, report.SessionEpoch));
            anyEnded |= move.To is JobPhase.Ended or JobPhase.Queued;
            if (move.Code == JobStatusCode.Succeeded)
            {
                succeeded.Add(job);
            }
        }

        if (await changes.WriteAsync(cancellationToken) is > 0 and var lost)
        {
            throw new DbUpdateConcurrencyException($"{lost} of the jobs changed while a batch of {reports.Count} reports was applied.");
        }

        await AutomaticReleases.MakeAsync(db, audit, succeeded, batch.FilesOf, now, random, cancellationToken);
        await changes.CompleteAsync(cancellationToken);
        return new ReportBatchResult { Outcomes = outcomes, ChangedRequests = changes.ChangedRequests, AnyEnded = anyEnded };
    }

    private ReportDecision Decide(ReportBatch batch, JobReport report, DateTimeOffset queuedAt)
    {
        if (!batch.IsNewestSession(report))
        {
            return new ReportOutcome.StaleSession();
        }

        if (batch.Find(report.JobId) is not { } job)
        {
            return new ReportOutcome.Fenced(0);
        }

        if (job.Fence != report.Fence || job.AgentId != report.AgentId)
        {
            return new ReportOutcome.Fenced(job.Fence);
        }

        if (SecondEnd.Judge(job, report) is { } second)
        {
            return new ReportDecision(second, job, null);
        }

        if (report.Sequence <= job.AppliedSequence)
        {
            return new ReportOutcome.Applied(job.AppliedSequence);
        }

        if (report.Sequence != job.AppliedSequence + 1)
        {
            return new ReportOutcome.Gap(job.AppliedSequence + 1);
        }

        if (ContentProblem(job, report) is { } mistake)
        {
            return new ReportOutcome.Invalid(mistake);
        }

        var isLost = report.Trigger == JobTrigger.LoseAttempt && !batch.IsDraining(report);
        var trigger = isLost && job.LostAttempts + 1 >= MaxLostAttempts ? JobTrigger.GiveUp : report.Trigger;
        return JobStateMachine.Next(job.Phase, job.StatusCode, job.IsCancelRequested, trigger) switch
        {
            JobTransition.Moves moves => ManifestProblem(batch, report) is { } problem
                ? new ReportOutcome.Invalid(problem)
                : new ReportDecision(new ReportOutcome.Applied(report.Sequence), job, MoveOf(report, moves, isLost, job.LostAttempts, queuedAt)),
            JobTransition.Refused { Reason: JobRefusal.AlreadyEnded or JobRefusal.NotLeased } => new ReportOutcome.Fenced(job.Fence),
            _ => new ReportOutcome.Invalid($"A report {report.Trigger} cannot follow {job.StatusCode}."),
        };
    }

    // What an agent says is checked here, whoever passed it on: a failure that says "succeeded" would skip the manifest.
    private static string? ContentProblem(JobRow job, JobReport report) => report switch
    {
        {
            Trigger: not (JobTrigger.ReportPreparing or JobTrigger.ReportExecuting or JobTrigger.ReportFinalizing
            or JobTrigger.ReportSucceeded or JobTrigger.ReportFailed or JobTrigger.LoseAttempt)
        } => $"An agent cannot report {report.Trigger}.",
        { Trigger: JobTrigger.ReportFailed, FailureCode: { } code } when !code.IsReportableFailure() => $"{code} is no reason of a failure that an agent can give.",
        { FailureCode: JobStatusCode.CancelledByUser } when !job.IsCancelRequested => "Nobody asked to cancel this job.",
        _ => null,
    };

    private JobMove MoveOf(JobReport report, JobTransition.Moves moves, bool isLost, int lostBefore, DateTimeOffset queuedAt) => new()
    {
        To = moves.To,
        Code = moves.Code ?? report.FailureCode ?? JobStatusCode.InternalError,
        Message = moves.Code == JobStatusCode.Cancelling ? null : report.Message,
        Kind = report.Trigger == JobTrigger.LoseAttempt ? JobEventKind.AttemptLost : JobEventKind.Reported,
        Sequence = report.Sequence,
        At = report.At,
        ExitCode = report.ExitCode,
        ManifestDigest = report.ManifestDigest,
        LosesAttempt = isLost,
        NotBefore = moves.To == JobPhase.Queued ? queuedAt + QueueBackOff.After(lostBefore, random) : null,
    };

    // A success without its files would make the job's outputs vanish unseen.
    private static string? ManifestProblem(ReportBatch batch, JobReport report) => report switch
    {
        { ManifestDigest: null, Trigger: JobTrigger.ReportSucceeded } => "A success needs the manifest digest that CommitOutputs returned.",
        { ManifestDigest: null } => null,
        _ => Manifests.DigestOf(batch.FilesOf(report.JobId, report.Fence)) == report.ManifestDigest
            ? null
            : "The manifest digest is not that of the outputs committed under this fence.",
    };
}
