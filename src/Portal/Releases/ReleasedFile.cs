using JobServer.Domain.Backends;

namespace JobServer.Portal.Releases;

/// <summary>A released file as pages and downloads need it.</summary>
internal sealed record ReleasedFile
{
    public required string Id { get; init; }

    public required string ReleaseId { get; init; }

    public required ReleasePolicy Policy { get; init; }

    /// <summary>Relative to the workspace, as a study named it: hostile.</summary>
    public required string Path { get; init; }

    public required long Size { get; init; }

    public required string Digest { get; init; }

    /// <summary>The disclosure rules that its site held it to; empty for none.</summary>
    public string CheckedWith { get; init; } = "";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while the file can be seen.</summary>
    public Deletion? Deleted { get; init; }
}
