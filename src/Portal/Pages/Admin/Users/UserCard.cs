using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Domain.Jobs;

namespace JobServer.Portal.Pages.Admin.Users;

/// <summary>A person as an admin sees them.</summary>
internal sealed record UserCard
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required string Login { get; init; }

    public required string? Email { get; init; }

    public required int Revision { get; init; }

    public required bool IsActive { get; init; }

    public required DateTimeOffset? DeactivatedAt { get; init; }

    public required string? DeactivatedBy { get; init; }

    public required DateTimeOffset? GoneAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required List<Role> Roles { get; init; }

    /// <summary>Somewhere the person may belong to.</summary>
    internal sealed record Place(int Id, string Name, bool IsMember);

    internal sealed record InProject(int Id, string Name, List<Role> Roles);

    internal sealed record Asked(string PublicId, ApplicationStatus Status, DateTimeOffset CreatedAt);

    internal sealed record Run(int Number, string Workspace, JobRequestState State, DateTimeOffset CreatedAt);
}
