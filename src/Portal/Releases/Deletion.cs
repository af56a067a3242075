namespace JobServer.Portal.Releases;

/// <summary>Who took a released file away, when and why.</summary>
internal sealed record Deletion(DateTimeOffset At, string By, string Reason)
{
    /// <summary>For the public: the reason may say what the file gave away.</summary>
    public Deletion WithoutReason => this with { By = "", Reason = "" };
}
