namespace JobServer.Portal.Access;

internal sealed record WorkspaceView
{
    public required int Id { get; init; }

    public required string Slug { get; init; }

    public required string Repository { get; init; }

    public required string Branch { get; init; }

    public required bool IsArchived { get; init; }

    public required bool ShouldNotify { get; init; }
}
