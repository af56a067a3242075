namespace JobServer.Data.Applications;

/// <summary>A researcher of an application to add or change.</summary>
public sealed record SaveResearcher
{
    public required int ApplicationId { get; init; }

    /// <summary>Null for a new one.</summary>
    public required int? ResearcherId { get; init; }

    /// <summary>As the person saw it; of no meaning for a new one.</summary>
    public required int Revision { get; init; }

    public required string Name { get; init; }

    /// <summary>JSON, the same text for the same answers.</summary>
    public required string Answers { get; init; }
}
