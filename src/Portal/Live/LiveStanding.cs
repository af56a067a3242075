namespace JobServer.Portal.Live;

/// <summary>What has become of the person who opened a live part.</summary>
internal enum LiveStanding
{
    /// <summary>They may do what they could before.</summary>
    Same,

    /// <summary>They may do more or less than before; what is drawn from now on is drawn for that.</summary>
    Changed,

    /// <summary>They may not see the live part any more.</summary>
    Refused,

    /// <summary>They signed out, or were deactivated.</summary>
    SignedOut,
}
