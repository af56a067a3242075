namespace JobServer.Portal.Releases;

/// <summary>A release without its files.</summary>
internal sealed record ReleaseSummary
{
    public required string Id { get; init; }

    /// <summary>Its slug.</summary>
    public required string Workspace { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Backend { get; init; }

    /// <summary>For people who are signed in only.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Deleted ones too.</summary>
    public required int FileCount { get; init; }
}
