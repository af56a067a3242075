namespace JobServer.RunnerAgent.Journal;

internal enum AcceptOutcome
{
    Accepted,

    /// <summary>Already in the journal: nothing is to be started.</summary>
    Known,

    /// <summary>A newer fence of the job is in the journal.</summary>
    Stale,
}
