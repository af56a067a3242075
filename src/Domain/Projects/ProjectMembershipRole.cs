using JobServer.Domain.Access;

namespace JobServer.Domain.Projects;

/// <summary>A role that a member holds in one project.</summary>
public sealed class ProjectMembershipRole
{
    public int MembershipId { get; init; }

    public required Role Role { get; init; }
}
