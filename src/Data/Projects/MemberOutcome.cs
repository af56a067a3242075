namespace JobServer.Data.Projects;

public enum MemberOutcome
{
    Changed,

    /// <summary>The member has exactly these roles already.</summary>
    Unchanged,

    /// <summary>Somebody else changed or removed the member after the person saw the row; nothing was written.</summary>
    ChangedMeanwhile,
}
