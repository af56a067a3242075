using JobServer.Domain.Jobs;

namespace JobServer.Domain.Releases.Requests;

/// <summary>A file that is asked for, frozen by its digest.</summary>
public sealed class ReleaseRequestFile
{
    public const int ExceptionMaxLength = 1000;

    public long Id { get; init; }

    public int ReleaseRequestId { get; init; }

    public ReleaseRequest ReleaseRequest { get; init; } = null!;

    /// <summary>The newest output with this content: its findings are those of the newest rules.</summary>
    public required long OutputFileId { get; set; }

    public OutputFile OutputFile { get; init; } = null!;

    public required string Path { get; init; }

    public required long Size { get; init; }

    public required string Digest { get; init; }

    /// <summary>Why it may leave although a check failed; empty where none did.</summary>
    public required string Exception { get; set; }

    public required int AddedInTurn { get; init; }

    /// <summary>Set when a later turn no longer asks for it.</summary>
    public int? RemovedInTurn { get; set; }

    public List<ReleaseVote> Votes { get; } = [];
}
