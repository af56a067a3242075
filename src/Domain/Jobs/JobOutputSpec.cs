using JobServer.Domain.Pipelines;

namespace JobServer.Domain.Jobs;

/// <summary>A pattern that an action's outputs must match, and how sensitive they are.</summary>
public sealed record JobOutputSpec
{
    public required PrivacyLevel Level { get; init; }

    public required string Pattern { get; init; }
}
