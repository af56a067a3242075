using JobServer.Domain.Backends;
using JobServer.Domain.Users;
using JobServer.Domain.Workspaces;

namespace JobServer.Domain.Releases;

/// <summary>Files that left the site together by one decision.</summary>
public sealed class Release
{
    public const int IdLength = 26;

    /// <summary>A ULID.</summary>
    public required string Id { get; init; }

    public required int WorkspaceId { get; init; }

    public Workspace Workspace { get; init; } = null!;

    public required int BackendId { get; init; }

    public Backend Backend { get; init; } = null!;

    /// <summary>The job whose success made it, under the automatic policy.</summary>
    public string? JobId { get; init; }

    /// <summary>On whose request the files left.</summary>
    public required int CreatedById { get; init; }

    public User CreatedBy { get; init; } = null!;

    public required DateTimeOffset CreatedAt { get; init; }

    public required ReleasePolicy Policy { get; init; }

    public List<ReleaseFile> Files { get; } = [];
}
