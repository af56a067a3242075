namespace JobServer.Portal.SignIn;

/// <summary>How long people stay signed in: section <c>Portal:Sessions</c>.</summary>
internal sealed class SessionOptions
{
    public const string Section = "Portal:Sessions";

    /// <summary>A sign-in that was not used for so long is over.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Every sign-in is over after so long, however much it is used.</summary>
    public TimeSpan Absolute { get; set; } = TimeSpan.FromDays(14);
}
