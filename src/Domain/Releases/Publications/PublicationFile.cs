namespace JobServer.Domain.Releases.Publications;

/// <summary>A released file of a publication. A file that is deleted later is deleted here too.</summary>
public sealed class PublicationFile
{
    public int PublicationId { get; init; }

    public Publication Publication { get; init; } = null!;

    public required string ReleaseFileId { get; init; }

    public ReleaseFile ReleaseFile { get; init; } = null!;
}
