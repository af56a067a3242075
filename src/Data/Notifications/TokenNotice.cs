namespace JobServer.Data.Notifications;

/// <summary>What the messages about a person's stored token say; never a letter of the token.</summary>
public sealed record TokenNotice
{
    /// <summary>Null when the code host refused it before, or without, an end that it told.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }
}
