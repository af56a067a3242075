namespace JobServer.Data.Notifications;

/// <summary>What the message about an approval says: the project, and what is still missing before jobs can run.</summary>
public sealed record ApplicationApprovedNotice
{
    public required string PublicId { get; init; }

    public required string StudyName { get; init; }

    public required string Applicant { get; init; }

    public required string Comment { get; init; }

    public required string Project { get; init; }

    /// <summary>The project's address below the Portal's own; null while it belongs to no organisation.</summary>
    public required string? Path { get; init; }

    /// <summary>Names of the roles that the applicant has in it.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Null while the project belongs to none.</summary>
    public required string? Organisation { get; init; }

    /// <summary>The applicant is a member of the project's organisation.</summary>
    public required bool IsInOrganisation { get; init; }

    /// <summary>The applicant belongs to at least one backend.</summary>
    public required bool HasBackend { get; init; }
}
