namespace JobServer.Portal.Releases.Reviews;

/// <summary>Which run of which code made a file.</summary>
internal sealed record ReviewOrigin
{
    /// <summary>The job request's number.</summary>
    public required int Request { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public required string JobId { get; init; }

    /// <summary>As project.yaml names it.</summary>
    public required string Action { get; init; }

    /// <summary>Which version of the code ran.</summary>
    public required string Commit { get; init; }

    /// <summary>The workspace's repository as it is now.</summary>
    public required string Repository { get; init; }

    public required int WorkspaceRevision { get; init; }
}
