namespace JobServer.Domain.Releases.Requests;

public enum ReleaseRequestState
{
    /// <summary>Output checkers decide on its files.</summary>
    Submitted,

    /// <summary>A checker sent it back: its author changes it and submits it again, or withdraws it.</summary>
    Returned,

    /// <summary>Its author took it back.</summary>
    Withdrawn,

    /// <summary>Two checkers rejected every file.</summary>
    Rejected,

    /// <summary>Every file was decided on, and those that two checkers approved were released.</summary>
    Released,
}
