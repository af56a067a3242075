namespace JobServer.Data.Users;

/// <summary>What became of a change of a person.</summary>
public enum UserOutcome
{
    Changed,

    /// <summary>All was so already.</summary>
    Unchanged,

    /// <summary>Somebody else changed the person first; nothing was done.</summary>
    ChangedMeanwhile,

    /// <summary>Nobody active would be a Core Developer any more; nothing was done.</summary>
    LastCoreDeveloper,

    /// <summary>People cannot deactivate themselves; nothing was done.</summary>
    Self,
}
