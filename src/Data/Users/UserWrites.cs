using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Domain.Projects;
using JobServer.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Users;

/// <summary>What admins do to people's names and roles, each with its line in the audit log.</summary>
public sealed class UserWrites(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    public Task<UserOutcome> RenameAsync(UserEdit edit, string name, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var before = await db.Users.Where(user => user.Id == edit.UserId).Select(user => user.FullName).SingleOrDefaultAsync(token);
            if (before == name)
            {
                return UserOutcome.Unchanged;
            }

            var changed = await db.Users.Where(user => user.Id == edit.UserId && user.Revision == edit.Revision)
                .ExecuteUpdateAsync(set => set.SetProperty(user => user.FullName, name).SetProperty(user => user.Revision, user => user.Revision + 1), token);
            if (changed != 1)
            {
                return UserOutcome.ChangedMeanwhile;
            }

            await audit.AppendAsync(db, edit.PersonId, AuditAct.UserChanged, $"user:{edit.UserId}", new { before, after = name }, token);
            return UserOutcome.Changed;
        },
        cancellationToken);

    /// <summary>Gives and takes roles that hold for all projects, until the person holds exactly these.</summary>
    public Task<UserOutcome> SetRolesAsync(UserEdit edit, IReadOnlyCollection<Role> chosen, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            await CoreDevelopers.LockAsync(db, token);
            if (!chosen.Contains(Role.CoreDeveloper) && await CoreDevelopers.IsLastAsync(db, edit.UserId, token))
            {
                return UserOutcome.LastCoreDeveloper;
            }

            if (!await UserRows.RaiseAsync(db, edit, token))
            {
                return UserOutcome.ChangedMeanwhile;
            }

            var before = await db.Set<UserRole>().Where(role => role.UserId == edit.UserId).Select(role => role.Role).ToListAsync(token);
            var after = chosen.Distinct().Order().ToList();
            var (given, taken) = (after.Except(before).ToList(), before.Except(after).ToList());
            if (given.Count + taken.Count == 0)
            {
                return UserOutcome.Unchanged;
            }

            await db.Set<UserRole>().Where(role => role.UserId == edit.UserId && taken.Contains(role.Role)).ExecuteDeleteAsync(token);
            db.AddRange(given.Select(role => new UserRole
            {
                UserId = edit.UserId,
                Role = role,
                GrantedAt = timeProvider.GetUtcNow(),
                GrantedById = edit.PersonId,
            }));
            await audit.AppendAsync(
                db, edit.PersonId, AuditAct.RolesChanged, $"user:{edit.UserId}", new { before = Names(before), after = Names(after) }, token);
            return UserOutcome.Changed;
        },
        cancellationToken);

    /// <summary>Takes every role of a person, those of projects too. They stay a member of their projects.</summary>
    /// <returns>What became of it, and how many roles were taken.</returns>
    public Task<(UserOutcome Outcome, HeldRoles Taken)> ClearRolesAsync(UserEdit edit, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var none = new HeldRoles(0, 0);
            await CoreDevelopers.LockAsync(db, token);
            if (await CoreDevelopers.IsLastAsync(db, edit.UserId, token))
            {
                return (UserOutcome.LastCoreDeveloper, none);
            }

            if (!await UserRows.RaiseAsync(db, edit, token))
            {
                return (UserOutcome.ChangedMeanwhile, none);
            }

            // Before their roles are read: a coordinator who changes one of them at this moment waits, and then finds it changed.
            await db.ProjectMemberships.Where(member => member.UserId == edit.UserId)
                .ExecuteUpdateAsync(set => set.SetProperty(member => member.Revision, member => member.Revision + 1), token);
            var everywhere = await db.Set<UserRole>().Where(role => role.UserId == edit.UserId).Select(role => role.Role).ToListAsync(token);
            var memberships = await db.ProjectMemberships.AsNoTracking().Where(member => member.UserId == edit.UserId && member.Roles.Any())
                .Select(member => new { member.Id, member.ProjectId, Roles = member.Roles.Select(role => role.Role).ToList() })
                .ToListAsync(token);
            var taken = new HeldRoles(everywhere.Count, memberships.Sum(member => member.Roles.Count));
            if (taken is { Everywhere: 0, InProjects: 0 })
            {
                return (UserOutcome.Unchanged, none);
            }

            var ids = memberships.ConvertAll(member => member.Id);
            await db.Set<UserRole>().Where(role => role.UserId == edit.UserId).ExecuteDeleteAsync(token);
            await db.Set<ProjectMembershipRole>().Where(role => ids.Contains(role.MembershipId)).ExecuteDeleteAsync(token);
            await audit.AppendAsync(
                db, edit.PersonId, AuditAct.RolesChanged, $"user:{edit.UserId}",
                new
                {
                    cleared = true,
                    before = Names(everywhere),
                    projects = memberships.Select(member => new { project = member.ProjectId, before = Names(member.Roles) }),
                },
                token);
            return (UserOutcome.Changed, taken);
        },
        cancellationToken);

    private static List<string> Names(IEnumerable<Role> roles) => [.. roles.Order().Select(role => SnakeCase.Of(role))];
}
