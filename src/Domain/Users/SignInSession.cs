namespace JobServer.Domain.Users;

/// <summary>
/// A signed-in browser. The cookie names this row, so ending the row ends the sign-in at the next request.
/// </summary>
public sealed class SignInSession
{
    public const int IdLength = 43;

    /// <summary>SHA-256 of the secret in the cookie, so that a copy of the table signs nobody in.</summary>
    public required string Id { get; init; }

    public required int UserId { get; init; }

    public User User { get; init; } = null!;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
}
