using JobServer.Data.Audit;
using JobServer.Data.Notifications;
using JobServer.Data.Writing;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Domain.Notifications;
using JobServer.Domain.Projects;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Projects;

/// <summary>What coordinators do to the members of a project, each with its line in the audit log and a message to the member.</summary>
public sealed class MemberWrites(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    public Task<MemberOutcome> ChangeRolesAsync(ChangeMember command, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (await FindAsync(db, command, token) is not { } member)
            {
                return MemberOutcome.ChangedMeanwhile;
            }

            var roles = Roles.OfProjects.Where(command.Roles.Contains).Order().ToList();
            if (member.Roles.SequenceEqual(roles))
            {
                return MemberOutcome.Unchanged;
            }

            var raised = await db.ProjectMemberships.Where(row => row.Id == member.Id && row.Revision == command.Revision)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision + 1), token);
            if (raised != 1)
            {
                return MemberOutcome.ChangedMeanwhile;
            }

            await db.Set<ProjectMembershipRole>().Where(role => role.MembershipId == member.Id).ExecuteDeleteAsync(token);
            db.AddRange(roles.Select(role => new ProjectMembershipRole { MembershipId = member.Id, Role = role }));
            var notice = new ProjectMemberNotice { Project = member.Project, Path = member.Path, Roles = [.. roles.Select(role => role.Name())] };
            Tell(db, command, member, MessageTemplate.ProjectRolesChanged, notice);
            await audit.AppendAsync(
                db, command.PersonId, AuditAct.RolesChanged, $"project:{command.ProjectId}",
                new { userId = command.UserId, before = Names(member.Roles), after = Names(roles) }, token);
            return MemberOutcome.Changed;
        },
        cancellationToken);

    public Task<MemberOutcome> RemoveAsync(ChangeMember command, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (await FindAsync(db, command, token) is not { } member)
            {
                return MemberOutcome.ChangedMeanwhile;
            }

            await db.Set<ProjectMembershipRole>().Where(role => role.MembershipId == member.Id).ExecuteDeleteAsync(token);
            await db.ProjectMemberships.Where(row => row.Id == member.Id).ExecuteDeleteAsync(token);
            Tell(db, command, member, MessageTemplate.RemovedFromProject, new ProjectMemberNotice { Project = member.Project, Path = member.Path, Roles = [] });
            await audit.AppendAsync(
                db, command.PersonId, AuditAct.MembershipChanged, $"project:{command.ProjectId}",
                new { userId = command.UserId, removed = true, before = Names(member.Roles) }, token);
            return MemberOutcome.Changed;
        },
        cancellationToken);

    /// <summary>Takes the row's lock with its revision, so that of two writers at once one finds it changed.</summary>
    private static async Task<Member?> FindAsync(JobServerDb db, ChangeMember command, CancellationToken cancellationToken)
    {
        var rows = db.ProjectMemberships
            .Where(row => row.ProjectId == command.ProjectId && row.UserId == command.UserId && row.Revision == command.Revision);
        if (await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision), cancellationToken) != 1)
        {
            return null;
        }

        var found = await rows.AsNoTracking()
            .Select(row => new
            {
                row.Id,
                Project = row.Project.Name,
                row.Project.Slug,
                Organisation = row.Project.Organisation!.Slug,
                Roles = row.Roles.Select(role => role.Role).ToList(),
                Address = row.User.IsActive ? row.User.NotificationsEmail ?? row.User.Email : null,
            })
            .SingleAsync(cancellationToken);
        return new Member(
            found.Id, found.Project, found.Organisation is null ? "/" : $"/{found.Organisation}/{found.Slug}", [.. found.Roles.Order()], found.Address);
    }

    /// <summary>Nobody is told what they did themselves.</summary>
    private void Tell(JobServerDb db, ChangeMember command, Member member, MessageTemplate template, ProjectMemberNotice notice)
    {
        if (command.UserId != command.PersonId && member.Address is { Length: > 0 } address)
        {
            db.OutboxMessages.Add(Outbox.Message(template, address, notice, timeProvider.GetUtcNow()));
        }
    }

    private static List<string> Names(IEnumerable<Role> roles) => [.. roles.Select(role => SnakeCase.Of(role))];

    private sealed record Member(int Id, string Project, string Path, IReadOnlyList<Role> Roles, string? Address);
}
