namespace JobServer.Data.Jobs;

public enum LeaseChange
{
    /// <summary>The attempt was not current: nothing was changed.</summary>
    NotHeld,

    /// <summary>Ready for another attempt.</summary>
    Queued,

    /// <summary>It was cancelled, or its attempts are used up.</summary>
    Ended,
}
