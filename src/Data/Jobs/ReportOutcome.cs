using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

public abstract record ReportOutcome
{
    private ReportOutcome()
    {
    }

    /// <summary>Committed, now or before: everything up to the sequence may be acknowledged.</summary>
    public sealed record Applied(long Sequence) : ReportOutcome;

    /// <summary>Something before it is missing.</summary>
    public sealed record Gap(long ExpectedSequence) : ReportOutcome;

    /// <summary>The attempt is not current any more, or never was this agent's.</summary>
    public sealed record Fenced(long CurrentFence) : ReportOutcome;

    /// <summary>The attempt has ended otherwise already: what was applied stays.</summary>
    public sealed record Contradicts(JobStatusCode Kept, JobStatusCode Reported) : ReportOutcome;

    /// <summary>A newer session of the same agent speaks.</summary>
    public sealed record StaleSession : ReportOutcome;

    /// <summary>It can never be applied; the message says why.</summary>
    public sealed record Invalid(string Message) : ReportOutcome;
}
