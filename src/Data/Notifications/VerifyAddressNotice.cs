namespace JobServer.Data.Notifications;

/// <summary>What the message says that asks whether an address is its reader's.</summary>
public sealed record VerifyAddressNotice
{
    public required string Login { get; init; }

    /// <summary>Address of the page that verifies, on the Portal: a path and a query.</summary>
    public required string Path { get; init; }

    /// <summary>The link is good until then.</summary>
    public required DateTimeOffset Until { get; init; }
}
