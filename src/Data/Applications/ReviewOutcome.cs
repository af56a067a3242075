namespace JobServer.Data.Applications;

/// <summary>What became of a verdict on a page.</summary>
public enum ReviewOutcome
{
    Done,

    /// <summary>The applicant saved other answers since the reviewer opened the page. Nothing was written.</summary>
    AnswersChanged,

    /// <summary>Another reviewer gave a verdict since then. Nothing was written.</summary>
    ReviewedMeanwhile,

    /// <summary>The application is not under review, or was deleted. Nothing was written.</summary>
    Closed,
}
