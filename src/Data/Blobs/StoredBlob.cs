namespace JobServer.Data.Blobs;

public sealed record StoredBlob
{
    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }
}
