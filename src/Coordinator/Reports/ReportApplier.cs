using JobServer.Contracts.V1;
using JobServer.Coordinator.Dispatch;
using JobServer.Coordinator.Gateway;
using JobServer.Coordinator.Telemetry;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;

namespace JobServer.Coordinator.Reports;

/// <summary>Commits a batch of reports, then answers each. One bad report never holds up the others.</summary>
internal sealed class ReportApplier(
    JobReports reports, DispatchSignal dispatch, ChangeFeed changes, TimeProvider timeProvider, ILogger<ReportApplier> logger)
{
    public async Task ApplyAsync(IReadOnlyList<PendingReport> batch, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyTogetherAsync(batch, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (batch.Count > 1)
            {
                ReportLog.BatchFailed(logger, exception, batch.Count);
            }

            foreach (var pending in batch)
            {
                await ApplyAloneAsync(pending, cancellationToken);
            }
        }
    }

    private async Task ApplyAloneAsync(PendingReport pending, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyTogetherAsync([pending], cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Not acknowledged, so the agent sends it again.
            ReportLog.ReportFailed(logger, exception, pending.Report.JobId, pending.Report.Fence, pending.Report.Sequence);
        }
    }

    private async Task ApplyTogetherAsync(IReadOnlyList<PendingReport> batch, CancellationToken cancellationToken)
    {
        var result = await reports.ApplyAsync([.. batch.Select(pending => pending.Report)], cancellationToken);
        CoordinatorMetrics.BatchApplied(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            await AnswerAsync(batch[i], result.Outcomes[i], cancellationToken);
        }

        changes.Publish(result.ChangedRequests.Select(Changes.OfRequest));
        if (result.AnyEnded)
        {
            dispatch.Raise();
        }
    }

    private async Task AnswerAsync(PendingReport pending, ReportOutcome outcome, CancellationToken cancellationToken)
    {
        var report = pending.Report;
        var attempt = new Attempt { JobId = report.JobId, Fence = report.Fence };
        switch (outcome)
        {
            case ReportOutcome.Applied applied:
                CoordinatorMetrics.ReportApplied(timeProvider.GetElapsedTime(pending.ReadAt));
                Send(pending, new CoordinatorFrame { StatusAck = new StatusAck { Attempt = attempt, AppliedSequence = applied.Sequence } });
                break;

            case ReportOutcome.Gap gap:
                Send(pending, new CoordinatorFrame { StatusNack = new StatusNack { Attempt = attempt, ExpectedSequence = gap.ExpectedSequence } });
                break;

            case ReportOutcome.Fenced fenced:
                CoordinatorMetrics.Fenced("status");
                Send(pending, new CoordinatorFrame { Fenced = new Fenced { Attempt = attempt, CurrentFence = fenced.CurrentFence } });
                break;

            case ReportOutcome.Contradicts contradicts:
                // The agent is told that nothing of this attempt is wanted any more; a person has to look.
                ReportLog.Contradicted(logger, pending.Session.AgentId, report.JobId, report.Fence, contradicts.Kept, contradicts.Reported);
                CoordinatorMetrics.Fenced("status");
                Send(pending, new CoordinatorFrame { Fenced = new Fenced { Attempt = attempt, CurrentFence = report.Fence } });
                break;

            case ReportOutcome.StaleSession:
                pending.Session.Supersede();
                break;

            case ReportOutcome.Invalid invalid when report.FailureCode != JobStatusCode.InternalError || report.ManifestDigest is not null:
                // It would come again for ever. The attempt ends with what is wrong instead.
                ReportLog.Invalid(logger, report.JobId, report.Fence, report.Sequence, invalid.Message);
                var failure = report with { Trigger = JobTrigger.ReportFailed, FailureCode = JobStatusCode.InternalError, Message = invalid.Message, ManifestDigest = null };
                await ApplyTogetherAsync([pending with { Report = failure }], cancellationToken);
                break;

            case ReportOutcome.Invalid invalid:
                ReportLog.Invalid(logger, report.JobId, report.Fence, report.Sequence, invalid.Message);
                break;
        }
    }

    private static void Send(PendingReport pending, CoordinatorFrame frame) => pending.Session.Send(pending.Session.Lanes.TryStatus(frame));
}
