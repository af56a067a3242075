namespace JobServer.Data.Jobs;

/// <summary>How many jobs of each kind an agent has room for.</summary>
public sealed record ClaimLimits
{
    public required int Standard { get; init; }

    public required int Database { get; init; }
}
