namespace JobServer.Portal.SignIn;

/// <summary>What GitHub says of a person who signs in.</summary>
internal sealed record GitHubProfile
{
    /// <summary>Never changes; the login may.</summary>
    public required long Id { get; init; }

    public required string Login { get; init; }

    /// <summary>Null where GitHub has none.</summary>
    public string? Name { get; init; }

    /// <summary>The primary address, when GitHub has verified it.</summary>
    public string? Email { get; init; }

    public string? PictureAddress { get; init; }
}
