using JobServer.Domain.Users;

namespace JobServer.Domain.Releases;

/// <summary>A released file. Redacting it removes what can be seen; the row stays with who, when and why.</summary>
public sealed class ReleaseFile
{
    public const int ReasonMaxLength = 500;

    /// <summary>A ULID.</summary>
    public required string Id { get; init; }

    public required string ReleaseId { get; init; }

    public Release Release { get; init; } = null!;

    public required int WorkspaceId { get; init; }

    /// <summary>Relative to the workspace, as the action wrote it.</summary>
    public required string Path { get; init; }

    public required long Size { get; init; }

    /// <summary>SHA-256, lower-case hexadecimal: the name in the blob store.</summary>
    public required string Digest { get; init; }

    /// <summary>The rules that the site held it to before it left; empty for one that no rules saw.</summary>
    public string CheckedWith { get; init; } = "";

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    public int? DeletedById { get; set; }

    public User? DeletedBy { get; init; }

    public string? DeletedReason { get; set; }
}
