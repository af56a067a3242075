namespace JobServer.Data.Jobs;

public sealed record CancelOutcome
{
    /// <summary>Jobs that ended at once because no agent had them.</summary>
    public required int Ended { get; init; }

    /// <summary>Jobs that an agent must stop first.</summary>
    public required int Stopping { get; init; }

    public bool AnyChange => Ended + Stopping > 0;
}
