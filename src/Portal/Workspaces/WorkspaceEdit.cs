namespace JobServer.Portal.Workspaces;

/// <summary>What a workspace shall be from now on. Its name never changes: results are filed under it.</summary>
internal sealed record WorkspaceEdit
{
    public required int WorkspaceId { get; init; }

    /// <summary>Of the row that the person saw.</summary>
    public required int Revision { get; init; }

    public required string Repository { get; init; }

    public required string Branch { get; init; }

    public required string Purpose { get; init; }

    public required int PersonId { get; init; }
}
