using JobServer.Data;
using JobServer.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Access;

/// <summary>The rights of a person in one project: the union of the roles held everywhere and those of the membership.</summary>
internal static class ProjectRights
{
    /// <param name="projectId">Null where the question is about no project.</param>
    public static async Task<Rights> ReadAsync(JobServerDb db, Person? person, int? projectId, CancellationToken cancellationToken)
    {
        if (person is null)
        {
            return Rights.Visitor;
        }

        var membership = projectId is null
            ? null
            : await db.ProjectMemberships.AsNoTracking().Where(row => row.ProjectId == projectId && row.UserId == person.Id)
                .Select(row => new { Roles = row.Roles.Select(role => role.Role).ToList() })
                .SingleOrDefaultAsync(cancellationToken);
        return new Rights
        {
            IsSignedIn = true,
            GlobalRoles = person.Roles,
            IsMember = membership is not null,
            ProjectRoles = membership?.Roles.ToHashSet() ?? [],
        };
    }
}
