using JobServer.Portal.Users;

namespace JobServer.Portal.Pages.Shared;

/// <summary>What a workspace's page says about the token with which its repository is read.</summary>
internal sealed record TokenPanel
{
    /// <summary>False where the repository can be read without one.</summary>
    public required bool TakesTokens { get; init; }

    /// <summary>Until when the one-time token in this browser can be used; null when there is none.</summary>
    public required DateTimeOffset? OneTimeUntil { get; init; }

    /// <summary>Null when the person keeps none.</summary>
    public required StoredTokenView? Stored { get; init; }

    public required DateTimeOffset Now { get; init; }
}
