namespace JobServer.Data.Jobs;

public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    public sealed record Committed(string ManifestDigest) : CommitOutcome;

    /// <summary>The attempt is not current, or not this session's.</summary>
    public sealed record NotHeld : CommitOutcome;

    /// <summary>A file that must have arrived has not, or other files were committed before.</summary>
    public sealed record Incomplete(string Message) : CommitOutcome;
}
