namespace JobServer.Data.Projects;

public enum ProjectOutcome
{
    Changed,

    /// <summary>It was so already; nothing was written.</summary>
    Unchanged,

    /// <summary>Somebody else wrote first; nothing was written.</summary>
    ChangedMeanwhile,

    /// <summary>Another project of the organisation has the slug.</summary>
    AddressTaken,

    /// <summary>Another project has the number.</summary>
    NumberTaken,

    /// <summary>The organisation is not there any more.</summary>
    OrganisationGone,
}
