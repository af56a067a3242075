namespace JobServer.Data.Applications;

/// <summary>What became of a write to an application.</summary>
public enum ApplicationOutcome
{
    Done,

    /// <summary>Somebody, or the same person in another window, changed it since it was read. Nothing was written.</summary>
    ChangedMeanwhile,

    /// <summary>Its status does not allow it, or it was deleted. Nothing was written.</summary>
    Closed,

    /// <summary>There are as many as there may be. Nothing was written.</summary>
    TooMany,
}
