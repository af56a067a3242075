namespace JobServer.Portal.Workspaces;

/// <summary>A workspace to be made.</summary>
internal sealed record WorkspaceDraft
{
    public required int ProjectId { get; init; }

    public required string Slug { get; init; }

    public required string Repository { get; init; }

    public required string Branch { get; init; }

    public string Purpose { get; init; } = "";

    public required int PersonId { get; init; }
}
