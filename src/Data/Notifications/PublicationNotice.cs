namespace JobServer.Data.Notifications;

/// <summary>What messages about a publication say.</summary>
public sealed record PublicationNotice
{
    /// <summary>As its author wrote it.</summary>
    public required string Title { get; init; }

    public required string Workspace { get; init; }

    /// <summary>Its page's address below the Portal's own.</summary>
    public required string Path { get; init; }

    public required int Files { get; init; }

    /// <summary>What an Output Publisher said; may be empty.</summary>
    public required string Comment { get; init; }
}
