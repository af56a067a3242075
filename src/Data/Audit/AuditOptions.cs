using System.ComponentModel.DataAnnotations;

namespace JobServer.Data.Audit;

public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>The secret that keys the hash chain; keep it outside the database.</summary>
    [Required, MinLength(16)]
    public string Key { get; set; } = "";

    /// <summary>
    /// The Portal appends the newest number and hash to this file, which belongs on another disk or machine than the database.
    /// Nothing is exported when it is empty.
    /// </summary>
    public string HeadsFile { get; set; } = "";

    /// <summary>How often, if the log has grown.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan HeadsInterval { get; set; } = TimeSpan.FromHours(1);
}
