namespace JobServer.Domain.Users;

/// <summary>A person's token for the code host, encrypted and bound to them; its text is shown never again.</summary>
public sealed class StoredToken
{
    public int UserId { get; init; }

    /// <summary>What Data Protection made of it.</summary>
    public required string Protected { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>As the code host said with its last answer; null while unknown or without an end.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When the code host refused it; it is not used again until it is replaced.</summary>
    public DateTimeOffset? RefusedAt { get; set; }

    public int Revision { get; set; }
}
