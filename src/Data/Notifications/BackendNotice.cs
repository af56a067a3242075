namespace JobServer.Data.Notifications;

/// <summary>What the messages about a silent backend, and about its return, say.</summary>
public sealed record BackendNotice
{
    public required string Slug { get; init; }

    public required string Name { get; init; }

    /// <summary>When it was last heard before it fell silent.</summary>
    public required DateTimeOffset SeenAt { get; init; }
}
