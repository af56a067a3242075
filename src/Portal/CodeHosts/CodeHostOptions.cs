using System.ComponentModel.DataAnnotations;

namespace JobServer.Portal.CodeHosts;

/// <summary>Limits that hold for every code host: section <c>CodeHosts</c>.</summary>
public sealed class CodeHostOptions
{
    public const string Section = "CodeHosts";

    /// <summary>Largest single file that is read (a <c>project.yaml</c>).</summary>
    [Range(1_024, 64 * 1024 * 1024)]
    public int MaxFileBytes { get; set; } = 1024 * 1024;

    /// <summary>Largest archive of a study's code.</summary>
    [Range(1_024, long.MaxValue)]
    public long MaxSourceBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Longest wait for one answer.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for an archive.</summary>
    public TimeSpan DownloadDeadline { get; set; } = TimeSpan.FromMinutes(5);
}
