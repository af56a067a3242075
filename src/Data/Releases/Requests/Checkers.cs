using JobServer.Domain.Access;
using JobServer.Domain.Users;

namespace JobServer.Data.Releases.Requests;

/// <summary>Whose word counts on the files of a project, now: what somebody was when they voted is not enough.</summary>
public static class Checkers
{
    public static IQueryable<User> Of(JobServerDb db, int projectId) => db.Users
        .Where(user => user.IsActive && user.Roles.Any(role => role.Role == Role.OutputChecker)
            && !db.ProjectMemberships.Any(member => member.ProjectId == projectId && member.UserId == user.Id));
}
