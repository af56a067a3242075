namespace JobServer.Data.Organisations;

public enum OrganisationOutcome
{
    Changed,

    /// <summary>It was so already; nothing was written.</summary>
    Unchanged,

    /// <summary>Somebody else wrote first; nothing was written.</summary>
    ChangedMeanwhile,

    /// <summary>Another organisation has the slug.</summary>
    AddressTaken,
}
