namespace JobServer.Portal.Pages.Admin.Organisations;

/// <summary>What an admin types of an organisation.</summary>
internal sealed record OrganisationInput
{
    public string? Name { get; init; }

    /// <summary>Made of the name where it is empty.</summary>
    public string? Slug { get; init; }

    public string? Description { get; init; }

    /// <summary>Of the organisation that the admin saw.</summary>
    public int Revision { get; init; }
}
