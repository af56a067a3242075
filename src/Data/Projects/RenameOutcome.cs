namespace JobServer.Data.Projects;

public enum RenameOutcome
{
    Renamed,

    /// <summary>It is called so already.</summary>
    Unchanged,

    /// <summary>Another project of the organisation has the slug.</summary>
    AddressTaken,

    /// <summary>Somebody else changed the project after the person saw it; nothing was written.</summary>
    ChangedMeanwhile,
}
