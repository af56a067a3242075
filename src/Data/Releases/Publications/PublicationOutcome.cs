namespace JobServer.Data.Releases.Publications;

public enum PublicationOutcome
{
    /// <summary>Everybody sees the files now.</summary>
    Published,

    /// <summary>Its author was told why.</summary>
    Rejected,

    /// <summary>It was decided or withdrawn meanwhile. Nothing was written.</summary>
    ChangedMeanwhile,

    /// <summary>Who decides asked for it. Nothing was written.</summary>
    OwnRequest,

    /// <summary>Who decides is no active Output Publisher any more. Nothing was written.</summary>
    NotAPublisher,

    /// <summary>All its files were deleted since it was asked for. Nothing was written.</summary>
    NothingLeft,
}
