namespace JobServer.Chaos.Tests.Links;

/// <summary>What can be wrong with a link.</summary>
internal enum LinkFaultKind
{
    None,

    /// <summary>Every connection is closed, and new ones are closed at once.</summary>
    Cut,

    /// <summary>Bytes wait before they are passed on.</summary>
    Delay,

    /// <summary>Nothing passes either way, and nobody is told.</summary>
    Stall,

    /// <summary>What the agent sends does not arrive.</summary>
    DeafCoordinator,

    /// <summary>What the Coordinator sends does not arrive.</summary>
    DeafAgent,

    /// <summary>A few thousand bytes a second.</summary>
    Throttle,

    /// <summary>Every connection is reset once it has passed some more bytes: in the middle of a frame, as a rule.</summary>
    ResetAfter,
}
