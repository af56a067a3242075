namespace JobServer.RunnerAgent.Execution;

/// <summary>Takes an attempt from wherever it is to its last report.</summary>
internal interface IAttemptWork
{
    /// <summary>
    /// Returns when the last report is in the journal, or when the attempt was discarded. When
    /// <paramref name="stopping"/> is set it returns soon and leaves the sandbox running.
    /// </summary>
    Task RunAsync(AttemptControl attempt, CancellationToken stopping);

    /// <summary>
    /// Removes what an attempt that is over left on disk. What the site keeps stays, and so does a log
    /// that is still to be sent.
    /// </summary>
    void CleanUp(Journal.AttemptKey key);

    /// <summary>What the disk and the process table say.</summary>
    Contracts.V1.ProcessState Probe(Journal.AttemptKey key);
}
