namespace JobServer.AllInOne;

public sealed record AllInOneOptions
{
    /// <summary>Of the web pages; 0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>Absolute.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Only warnings are logged.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Settings of the Portal that win over those of the demonstration, for a site with a GitHub of its own.</summary>
    public IReadOnlyDictionary<string, string?> PortalSettings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Settings of both agents that win over those of the demonstration, for a site with a container engine.</summary>
    public IReadOnlyDictionary<string, string?> AgentSettings { get; init; } = new Dictionary<string, string?>();
}
