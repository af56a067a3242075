namespace JobServer.Data.Backends;

public enum BackendOutcome
{
    Changed,

    /// <summary>It was so already; nothing was written.</summary>
    Unchanged,

    /// <summary>Somebody else wrote first; nothing was written.</summary>
    ChangedMeanwhile,

    /// <summary>Another backend has the slug.</summary>
    AddressTaken,
}
