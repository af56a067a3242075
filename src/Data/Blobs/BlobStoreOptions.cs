using System.ComponentModel.DataAnnotations;

namespace JobServer.Data.Blobs;

public sealed class BlobStoreOptions
{
    public const string Section = "Blobs";

    [Required]
    public string Directory { get; set; } = "data/blobs";

    /// <summary>In bytes, free space that uploads leave alone, at most a tenth of the disk: the database may live on it.</summary>
    [Range(0, long.MaxValue)]
    public long Reserve { get; set; } = 10L * 1024 * 1024 * 1024;
}
