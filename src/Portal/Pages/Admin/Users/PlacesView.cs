namespace JobServer.Portal.Pages.Admin.Users;

/// <summary>Boxes of what a person may belong to.</summary>
internal sealed record PlacesView
{
    /// <summary>Where the error of the form stands, and the id of its boxes.</summary>
    public required string Key { get; init; }

    public required string Legend { get; init; }

    public required string Button { get; init; }

    public required string Action { get; init; }

    public required int Revision { get; init; }

    public required IReadOnlyList<UserCard.Place> Places { get; init; }

    public required bool MayAdd { get; init; }

    public required bool MayRemove { get; init; }

    public required string WhyNot { get; init; }
}
