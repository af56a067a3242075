namespace JobServer.Domain.Jobs;

/// <summary>What a trigger does to a job: where it goes, or by name why it goes nowhere.</summary>
public abstract record JobTransition
{
    private JobTransition()
    {
    }

    /// <summary>The job moves; <paramref name="Code"/> is null when the trigger brings its own.</summary>
    public sealed record Moves(JobPhase To, JobStatusCode? Code) : JobTransition;

    /// <summary>The trigger is noted in columns of its own and the state stays.</summary>
    public sealed record Stays : JobTransition;

    public sealed record Refused(JobRefusal Reason) : JobTransition;
}
