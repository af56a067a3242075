namespace JobServer.Data.Jobs;

/// <summary>What is answered to a report, and the move that it brings, if any.</summary>
internal sealed record ReportDecision(ReportOutcome Outcome, JobRow? Job, JobMove? Move)
{
    public static implicit operator ReportDecision(ReportOutcome outcome) => new(outcome, null, null);
}
