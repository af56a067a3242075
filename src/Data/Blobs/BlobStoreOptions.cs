using System.ComponentModel.DataAnnotations;

namespace JobServer.Data.Blobs;

public sealed class BlobStoreOptions
{
    public const string Section = "Blobs";

    [Required]
    public string Directory { get; set; } = "data/blobs";
}
