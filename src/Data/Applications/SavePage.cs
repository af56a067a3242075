namespace JobServer.Data.Applications;

/// <summary>One page of an application to save.</summary>
public sealed record SavePage
{
    public required int ApplicationId { get; init; }

    public required string Key { get; init; }

    /// <summary>JSON, the same text for the same answers.</summary>
    public required string Answers { get; init; }

    /// <summary>The page as the person saw it; null when it had never been saved.</summary>
    public required int? Revision { get; init; }

    public required int PersonId { get; init; }
}
