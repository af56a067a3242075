namespace JobServer.Data.Notifications;

/// <summary>What messages about a request for release say. Names of files are not among it: they may disclose.</summary>
public sealed record ReleaseRequestNotice
{
    public required int Number { get; init; }

    public required string Workspace { get; init; }

    /// <summary>The workspace's address below the Portal's own.</summary>
    public required string WorkspacePath { get; init; }

    public required int Files { get; init; }

    /// <summary>What was said; may be empty.</summary>
    public required string Comment { get; init; }

    /// <summary>The link leads to the checkers' page and not to the author's.</summary>
    public bool IsForChecker { get; init; }
}
