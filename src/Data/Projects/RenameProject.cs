namespace JobServer.Data.Projects;

/// <summary>A project's new name, and the slug that follows from it.</summary>
public sealed record RenameProject
{
    public required int ProjectId { get; init; }

    /// <summary>Of the row that the person saw.</summary>
    public required int Revision { get; init; }

    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required int PersonId { get; init; }
}
