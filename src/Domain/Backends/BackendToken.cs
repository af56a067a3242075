namespace JobServer.Domain.Backends;

/// <summary>A credential that the agents of a backend share. Only its hash is kept.</summary>
public sealed class BackendToken
{
    public const int LabelMaxLength = 100;
    public const int EndingLength = 4;

    public int Id { get; init; }

    public int BackendId { get; init; }

    public Backend Backend { get; init; } = null!;

    /// <summary>SHA-256 of the token, lower-case hexadecimal. A token has 256 random bits, so no salt is needed.</summary>
    public required string Hash { get; init; }

    /// <summary>Where it is used, in the words of whoever made it.</summary>
    public string Label { get; init; } = "";

    /// <summary>Its last characters, to tell tokens apart; empty where they were not kept.</summary>
    public string Ending { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null for one that the service's command line or its demo made.</summary>
    public int? CreatedById { get; init; }

    /// <summary>Set while a newer token takes over.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public int? RevokedById { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }
}
