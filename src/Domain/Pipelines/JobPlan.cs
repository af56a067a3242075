namespace JobServer.Domain.Pipelines;

/// <summary>What comes of a request: exactly one of the three nested kinds.</summary>
public abstract record JobPlan
{
    private JobPlan()
    {
    }

    /// <summary>Jobs to make, in an order in which every job comes after the planned jobs it needs. Never empty.</summary>
    public sealed record Planned(IReadOnlyList<PlannedJob> Jobs) : JobPlan;

    /// <summary>Nothing needs to run, and why.</summary>
    public sealed record NothingToDo(string Reason) : JobPlan;

    /// <summary>The request makes no sense for this pipeline; the message is for the person who asked.</summary>
    public sealed record Refused(string Message) : JobPlan;
}
