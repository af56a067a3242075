namespace JobServer.Data.Agents;

public abstract record ModeOutcome
{
    private ModeOutcome()
    {
    }

    public sealed record Changed : ModeOutcome;

    /// <summary>It was so already; nothing was written.</summary>
    public sealed record Unchanged : ModeOutcome;

    /// <summary>There is none of that name.</summary>
    public sealed record NotFound : ModeOutcome;

    /// <summary>Somebody else wrote first; nothing was written.</summary>
    public sealed record ChangedMeanwhile : ModeOutcome;

    /// <summary>A revoked agent stays revoked.</summary>
    public sealed record Revoked : ModeOutcome;
}
