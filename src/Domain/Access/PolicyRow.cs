namespace JobServer.Domain.Access;

/// <summary>One line of the policy table.</summary>
public sealed record PolicyRow
{
    public required Permission Permission { get; init; }

    /// <summary>What it allows, as a phrase that follows “may”.</summary>
    public required string Sentence { get; init; }

    public Audience Audience { get; init; } = Audience.RolesOnly;

    /// <summary>Holders of any of these may, for the scope in which they hold it.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>A refusal must not tell that the thing exists.</summary>
    public bool HidesExistence { get; init; }
}
