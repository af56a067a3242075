namespace JobServer.Data.Jobs;

/// <summary>How many slots of each kind an agent has room for.</summary>
public sealed record ClaimLimits
{
    public static ClaimLimits Endless { get; } = new() { Standard = int.MaxValue, Database = int.MaxValue };

    public required int Standard { get; init; }

    public required int Database { get; init; }

    public int Of(bool usesDatabase) => usesDatabase ? Database : Standard;
}
