using JobServer.Domain.Users;

namespace JobServer.Domain.Projects;

public sealed class ProjectMembership
{
    public int Id { get; init; }

    public int ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    public int UserId { get; init; }

    public User User { get; init; } = null!;

    public DateTimeOffset CreatedAt { get; init; }

    public int? CreatedById { get; init; }

    public int Revision { get; set; }

    public List<ProjectMembershipRole> Roles { get; } = [];
}
