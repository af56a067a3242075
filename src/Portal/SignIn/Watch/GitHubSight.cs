namespace JobServer.Portal.SignIn.Watch;

/// <summary>What GitHub says of an account.</summary>
internal abstract record GitHubSight
{
    private GitHubSight()
    {
    }

    public sealed record Known(GitHubProfile Profile) : GitHubSight;

    /// <summary>There is no such account, or it is suspended.</summary>
    public sealed record Unknown : GitHubSight;

    /// <summary>It does not answer, or not so that it can be believed.</summary>
    public sealed record Unsure : GitHubSight;

    /// <summary>It answers nobody without more rights for a while.</summary>
    public sealed record Limited : GitHubSight;
}
