namespace JobServer.Domain.Backends;

/// <summary>A secure site that holds data; its agents run jobs there.</summary>
public sealed class Backend
{
    public const int NameMaxLength = 200;

    public int Id { get; init; }

    public required string Slug { get; set; }

    public required string Name { get; set; }

    public ReleasePolicy ReleasePolicy { get; set; }

    public LogPolicy LogPolicy { get; set; }

    public BackendMode Mode { get; set; }

    /// <summary>What people are told while the mode is not <see cref="BackendMode.Active"/>.</summary>
    public string ModeMessage { get; set; } = "";

    /// <summary>The last frame of any of its agents.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public int Revision { get; set; }

    public List<BackendToken> Tokens { get; } = [];
}
