using System.ComponentModel.DataAnnotations;

namespace JobServer.Data.Audit;

public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>The secret that keys the hash chain; keep it outside the database.</summary>
    [Required, MinLength(16)]
    public string Key { get; set; } = "";
}
