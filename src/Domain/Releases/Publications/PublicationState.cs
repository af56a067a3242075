namespace JobServer.Domain.Releases.Publications;

public enum PublicationState
{
    /// <summary>An Output Publisher decides.</summary>
    Requested,

    /// <summary>Its project took it back.</summary>
    Withdrawn,

    /// <summary>An Output Publisher said no.</summary>
    Rejected,

    /// <summary>Everybody sees its files.</summary>
    Published,

    /// <summary>It was published once; its files are as private again as before.</summary>
    Unpublished,
}
