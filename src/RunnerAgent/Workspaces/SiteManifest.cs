namespace JobServer.RunnerAgent.Workspaces;

/// <summary>What an attempt made, kept at the site. Holds the names of highly sensitive files and never travels.</summary>
internal sealed record SiteManifest
{
    public required string JobId { get; init; }

    public required long Fence { get; init; }

    public required string Workspace { get; init; }

    public required string Action { get; init; }

    public required string Commit { get; init; }

    /// <summary>The job request's number; 0 in manifests of before it was kept.</summary>
    public long Request { get; init; }

    /// <summary>With its version; empty in manifests of before it was kept.</summary>
    public string Image { get; init; } = "";

    public required IReadOnlyList<SiteFile> Files { get; init; }
}
