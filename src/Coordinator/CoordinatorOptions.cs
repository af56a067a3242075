using System.ComponentModel.DataAnnotations;
using JobServer.Coordinator.Agents;
using JobServer.Data.Jobs;

namespace JobServer.Coordinator;

public sealed class CoordinatorOptions
{
    public const string Section = "Coordinator";

    /// <summary>Where agents and Portals connect. Plain HTTP is for loopback only; port 0 takes a free one.</summary>
    [Required]
    public string Listen { get; set; } = "http://127.0.0.1:5081";

    /// <summary>The secret that Portals show. Agents never have it.</summary>
    [Required, MinLength(32)]
    public string InternalToken { get; set; } = "";

    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Without a frame for this long a link is taken for dead.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(30);

    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    public TimeSpan Margin { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>An assignment without an answer is sent again after this, and taken back after twice this.</summary>
    public TimeSpan AssignmentAnswer { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>No lease lapses before a Coordinator has served this long without a gap: agents need time to come back.</summary>
    public TimeSpan GraceAfterGap { get; set; } = TimeSpan.FromSeconds(90);

    public TimeSpan SessionMaxAge { get; set; } = TimeSpan.FromMinutes(45);

    /// <summary>How often rows are looked at when nobody says that they changed.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a cancelled action may take to stop before it is killed.</summary>
    public TimeSpan CancelGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>In bytes; what an agent may upload as one file.</summary>
    [Range(1, long.MaxValue)]
    public long MaxUploadSize { get; set; } = 16 * 1024 * 1024;

    /// <summary>How many files one attempt may upload.</summary>
    [Range(1, int.MaxValue)]
    public int MaxAttemptUploads { get; set; } = 10_000;

    /// <summary>In bytes; what one attempt may upload in all its files together. One file of the largest size always may.</summary>
    [Range(1, long.MaxValue)]
    public long MaxAttemptUploadSize { get; set; } = 1024L * 1024 * 1024;

    /// <summary>How long after the end of an attempt what is left of its uploads is kept.</summary>
    public TimeSpan UploadGrace { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long an agent keeps what it holds of a job that nobody knows, for a person to look at, before it is told to stop.</summary>
    public TimeSpan HoldUnknown { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long after the end of a job its stored logs are kept; zero keeps them. At least two days, since logs still come for one.</summary>
    public TimeSpan LogRetention { get; set; } = TimeSpan.Zero;

    /// <summary>In bytes; what is stored of the log of one job, all its attempts together.</summary>
    [Range(0, long.MaxValue)]
    public long MaxLogSize { get; set; } = 1024L * 1024 * 1024;

    /// <summary>In bytes; what one agent may send of logs in a second. It waits beyond that.</summary>
    [Range(64 * 1024, long.MaxValue)]
    public long LogBytesPerSecond { get; set; } = 16 * 1024 * 1024;

    internal UploadLimits UploadLimits => new(MaxAttemptUploads, Math.Max(MaxAttemptUploadSize, MaxUploadSize));

    internal bool HasSoundRetention =>
        (LogRetention == TimeSpan.Zero || LogRetention >= TimeSpan.FromDays(2)) && UploadGrace >= TimeSpan.Zero && HoldUnknown > TimeSpan.Zero;

    internal bool HasSoundTiming => LinkTiming.Of(this).Problem is null;
}
