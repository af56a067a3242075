namespace JobServer.Data.Releases.Requests;

public enum ReviewOutcome
{
    /// <summary>Kept; other decisions are still to come.</summary>
    Recorded,

    /// <summary>It was the last one, and what two checkers approved was released.</summary>
    Released,

    /// <summary>It was the last one, and every file was rejected.</summary>
    Rejected,

    /// <summary>The request went back to its author.</summary>
    Returned,

    /// <summary>The request was returned, withdrawn, submitted anew or ended meanwhile. Nothing was written.</summary>
    ChangedMeanwhile,

    /// <summary>The checker asked for it, or belongs to the project. Nothing was written.</summary>
    NotTheirs,
}
