namespace JobServer.Portal.Users;

/// <summary>What is shown of a stored token: everything but the token.</summary>
internal sealed record StoredTokenView(DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RefusedAt)
{
    /// <summary>GitHub would take it, as far as is known.</summary>
    public bool IsUsable(DateTimeOffset now) => RefusedAt is null && !(ExpiresAt <= now);
}
