using JobServer.Domain.Access;

namespace JobServer.Data.Applications;

/// <summary>An application to approve, and the project that its approval makes.</summary>
public sealed record ApproveApplication
{
    public required int ApplicationId { get; init; }

    /// <summary>Of the application as the admin saw it.</summary>
    public required int Revision { get; init; }

    public required string ProjectName { get; init; }

    public required string ProjectSlug { get; init; }

    /// <summary>Null for none.</summary>
    public required string? ProjectNumber { get; init; }

    /// <summary>Null when it is attached to one later.</summary>
    public required int? OrganisationId { get; init; }

    /// <summary>What the applicant may do in it: those of <see cref="Domain.Access.Roles.OfProjects"/>; others are left out.</summary>
    public required IReadOnlyCollection<Role> Roles { get; init; }

    /// <summary>What the applicant is told with it.</summary>
    public required string Comment { get; init; }

    /// <summary>Why it is approved although a decision is missing or against it; not kept where both are for it.</summary>
    public required string OverrideReason { get; init; }

    public required int PersonId { get; init; }
}
