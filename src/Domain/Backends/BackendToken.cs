namespace JobServer.Domain.Backends;

/// <summary>A credential that the agents of a backend share. Only its hash is kept.</summary>
public sealed class BackendToken
{
    public int Id { get; init; }

    public int BackendId { get; init; }

    public Backend Backend { get; init; } = null!;

    /// <summary>SHA-256 of the token, lower-case hexadecimal. A token has 256 random bits, so no salt is needed.</summary>
    public required string Hash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Set while a newer token takes over.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }
}
