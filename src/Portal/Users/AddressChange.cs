namespace JobServer.Portal.Users;

/// <summary>What came of asking for another address for notifications.</summary>
internal enum AddressChange
{
    /// <summary>A link was sent; nothing changes before it is followed.</summary>
    Asked,

    /// <summary>It is the account's own, which GitHub has verified.</summary>
    IsOwn,

    /// <summary>Notifications go there already.</summary>
    Unchanged,

    /// <summary>The last link was sent a moment ago.</summary>
    TooSoon,
}
