namespace JobServer.Data.Applications;

/// <summary>What became of an approval. Only <see cref="Approved"/> wrote anything.</summary>
public enum ApprovalOutcome
{
    Approved,

    /// <summary>Somebody changed the application since the admin saw it.</summary>
    ChangedMeanwhile,

    /// <summary>Somebody else approved it before; there is one project.</summary>
    ApprovedBefore,

    /// <summary>Its status does not allow it, or it was deleted.</summary>
    Closed,

    /// <summary>A decision is missing or against it, and no reason was given.</summary>
    ReasonMissing,

    /// <summary>Another project of the organisation has the slug.</summary>
    AddressTaken,

    /// <summary>Another project has the number.</summary>
    NumberTaken,

    /// <summary>There is no such organisation any more.</summary>
    OrganisationGone,
}
