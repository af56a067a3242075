using JobServer.Domain.Access;
using JobServer.Domain.Site;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Users;

/// <summary>The service must not be left without anybody who may run it.</summary>
internal static class CoreDevelopers
{
    /// <summary>One at a time: two who take the role from each other must not both succeed.</summary>
    public static Task LockAsync(JobServerDb db, CancellationToken cancellationToken) =>
        db.SiteStates.Where(state => state.Id == SiteState.TheId)
            .ExecuteUpdateAsync(set => set.SetProperty(state => state.Revision, state => state.Revision), cancellationToken);

    public static Task<bool> AnyAsync(JobServerDb db, CancellationToken cancellationToken) =>
        db.Users.AnyAsync(user => user.IsActive && user.Roles.Any(role => role.Role == Role.CoreDeveloper), cancellationToken);

    /// <summary>Whether nobody active would have the role without this person. Ask under <see cref="LockAsync"/>.</summary>
    public static async Task<bool> IsLastAsync(JobServerDb db, int userId, CancellationToken cancellationToken) =>
        await db.Users.AnyAsync(user => user.Id == userId && user.IsActive && user.Roles.Any(role => role.Role == Role.CoreDeveloper), cancellationToken)
        && !await db.Users.AnyAsync(
            user => user.Id != userId && user.IsActive && user.Roles.Any(role => role.Role == Role.CoreDeveloper), cancellationToken);
}
