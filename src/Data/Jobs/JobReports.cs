using JobServer.Data.Releases;
using JobServer.Data.Writing;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>Applies agents' reports: a batch is one transaction, and nothing is acknowledged before it is committed.</summary>
public sealed class JobReports(DatabaseWriter writer, TimeProvider timeProvider, Random random)
{
    /// <summary>Attempts that may end without a result before the job is given up.</summary>
    public const int MaxLostAttempts = 3;

    public Task<ReportBatchResult> ApplyAsync(IReadOnlyList<JobReport> reports, CancellationToken cancellationToken) =>
        writer.RunAsync((db, token) => ApplyAsync(db, reports, token), cancellationToken);

    private async Task<ReportBatchResult> ApplyAsync(JobServerDb db, IReadOnlyList<JobReport> reports, CancellationToken cancellationToken)
    {
        var changes = new JobChangeSet(db, timeProvider.GetUtcNow());
        var agentIds = reports.Select(report => report.AgentId).Distinct().ToList();
        var epochs = await db.Agents.Where(agent => agentIds.Contains(agent.Id))
            .ToDictionaryAsync(agent => agent.Id, agent => agent.SessionEpoch, cancellationToken);
        var outcomes = new List<ReportOutcome>(reports.Count);
        var anyEnded = false;
        foreach (var report in reports)
        {
            if (epochs.GetValueOrDefault(report.AgentId) != report.SessionEpoch)
            {
                outcomes.Add(new ReportOutcome.StaleSession());
                continue;
            }

            // Read again for each: an earlier report of the same batch may have moved the job.
            var job = await JobRow.From(db.Jobs.Where(job => job.Id == report.JobId)).SingleOrDefaultAsync(cancellationToken);
            var (outcome, ended) = await ApplyAsync(db, changes, job, report, cancellationToken);
            outcomes.Add(outcome);
            anyEnded |= ended;
        }

        await changes.CompleteAsync(cancellationToken);
        return new ReportBatchResult { Outcomes = outcomes, ChangedRequests = changes.ChangedRequests, AnyEnded = anyEnded };
    }

    private async Task<(ReportOutcome Outcome, bool Ended)> ApplyAsync(
        JobServerDb db, JobChangeSet changes, JobRow? job, JobReport report, CancellationToken cancellationToken)
    {
        if (job is null)
        {
            return (new ReportOutcome.Fenced(0), false);
        }

        if (job.Fence != report.Fence || job.AgentId != report.AgentId)
        {
            return (new ReportOutcome.Fenced(job.Fence), false);
        }

        if (SecondEnd.Judge(job, report) is { } second)
        {
            if (second is ReportOutcome.Contradicts contradicts)
            {
                db.JobEvents.Add(SecondEnd.EventOf(job, report, contradicts, timeProvider.GetUtcNow()));
            }

            return (second, false);
        }

        if (report.Sequence <= job.AppliedSequence)
        {
            return (new ReportOutcome.Applied(job.AppliedSequence), false);
        }

        if (report.Sequence != job.AppliedSequence + 1)
        {
            return (new ReportOutcome.Gap(job.AppliedSequence + 1), false);
        }

        if (ContentProblem(job, report) is { } mistake)
        {
            return (new ReportOutcome.Invalid(mistake), false);
        }

        var trigger = report.Trigger == JobTrigger.LoseAttempt && job.LostAttempts + 1 >= MaxLostAttempts ? JobTrigger.GiveUp : report.Trigger;
        switch (JobStateMachine.Next(job.Phase, job.StatusCode, job.IsCancelRequested, trigger))
        {
            case JobTransition.Moves moves:
                if (await ManifestProblemAsync(db, report, cancellationToken) is { } problem)
                {
                    return (new ReportOutcome.Invalid(problem), false);
                }

                var move = MoveOf(report, moves, trigger, job.LostAttempts);
                if (!await changes.MoveAsync(job, move, cancellationToken))
                {
                    throw new DbUpdateConcurrencyException($"Job {job.Id} changed while a report on it was applied.");
                }

                if (move.Code == JobStatusCode.Succeeded)
                {
                    await AutomaticReleases.MakeAsync(db, job, timeProvider.GetUtcNow(), random, cancellationToken);
                }

                return (new ReportOutcome.Applied(report.Sequence), moves.To is JobPhase.Ended or JobPhase.Queued);

            case JobTransition.Refused { Reason: JobRefusal.AlreadyEnded or JobRefusal.NotLeased }:
                return (new ReportOutcome.Fenced(job.Fence), false);

            default:
                return (new ReportOutcome.Invalid($"A report {report.Trigger} cannot follow {job.StatusCode}."), false);
        }
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

    private JobMove MoveOf(JobReport report, JobTransition.Moves moves, JobTrigger trigger, int lostBefore) => new()
    {
        To = moves.To,
        Code = moves.Code ?? report.FailureCode ?? JobStatusCode.InternalError,
        Message = moves.Code == JobStatusCode.Cancelling ? null : report.Message,
        Kind = trigger is JobTrigger.LoseAttempt or JobTrigger.GiveUp ? JobEventKind.AttemptLost : JobEventKind.Reported,
        Sequence = report.Sequence,
        At = report.At,
        ExitCode = report.ExitCode,
        ManifestDigest = report.ManifestDigest,
        LosesAttempt = trigger is JobTrigger.LoseAttempt or JobTrigger.GiveUp,
        NotBefore = moves.To == JobPhase.Queued ? timeProvider.GetUtcNow() + QueueBackOff.After(lostBefore, random) : null,
    };

    // A success without its files would make the job's outputs vanish unseen.
    private static async Task<string?> ManifestProblemAsync(JobServerDb db, JobReport report, CancellationToken cancellationToken)
    {
        if (report.Trigger == JobTrigger.ReportSucceeded && report.ManifestDigest is null)
        {
            return "A success needs the manifest digest that CommitOutputs returned.";
        }

        if (report.ManifestDigest is null)
        {
            return null;
        }

        var files = await db.OutputFiles.AsNoTracking().Where(file => file.JobId == report.JobId && file.Fence == report.Fence)
            .ToListAsync(cancellationToken);
        return Manifests.DigestOf(files) == report.ManifestDigest ? null : "The manifest digest is not that of the outputs committed under this fence.";
    }
}
