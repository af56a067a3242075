using JobServer.Data.Audit;
using JobServer.Data.Notifications;
using JobServer.Data.Writing;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Domain.Notifications;
using JobServer.Domain.Projects;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Projects;

/// <summary>What admins and coordinators do to the members of a project, each with its line in the audit log and a message to the member.</summary>
public sealed class MemberWrites(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    public async Task<AddMemberOutcome> AddAsync(AddMember command, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.RunAsync((db, token) => AddAsync(db, command, token), cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Two added the same person at once: the second has nothing to add.
            if (await writer.RunAsync((db, token) => IsMemberAsync(db, command, token), cancellationToken))
            {
                return AddMemberOutcome.IsMember;
            }

            throw;
        }
    }

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

    private async Task<AddMemberOutcome> AddAsync(JobServerDb db, AddMember command, CancellationToken cancellationToken)
    {
        if (await IsMemberAsync(db, command, cancellationToken))
        {
            return AddMemberOutcome.IsMember;
        }

        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == command.UserId && user.IsActive, cancellationToken);
        var project = await db.Projects.AsNoTracking().Include(row => row.Organisation).SingleOrDefaultAsync(row => row.Id == command.ProjectId, cancellationToken);
        if (person is null || project is null)
        {
            return AddMemberOutcome.NotThere;
        }

        var roles = Roles.OfProjects.Where(command.Roles.Contains).Order().ToList();
        var membership = new ProjectMembership
        {
            ProjectId = command.ProjectId,
            UserId = command.UserId,
            CreatedAt = timeProvider.GetUtcNow(),
            CreatedById = command.PersonId,
        };
        membership.Roles.AddRange(roles.Select(role => new ProjectMembershipRole { Role = role }));
        db.ProjectMemberships.Add(membership);
        if (command.UserId != command.PersonId && person.NotificationAddress is { Length: > 0 } address)
        {
            var notice = new ProjectMemberNotice
            {
                Project = project.Name,
                Path = PathOf(project.Organisation?.Slug, project.Slug),
                Roles = [.. roles.Select(role => role.Name())],
            };
            db.OutboxMessages.Add(Outbox.Message(MessageTemplate.AddedToProject, address, notice, timeProvider.GetUtcNow()));
        }

        await audit.AppendAsync(
            db, command.PersonId, AuditAct.MembershipChanged, $"project:{command.ProjectId}",
            new { userId = command.UserId, added = true, after = Names(roles) }, cancellationToken);
        return AddMemberOutcome.Added;
    }

    private static Task<bool> IsMemberAsync(JobServerDb db, AddMember command, CancellationToken cancellationToken) =>
        db.ProjectMemberships.AnyAsync(row => row.ProjectId == command.ProjectId && row.UserId == command.UserId, cancellationToken);

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
            found.Id, found.Project, PathOf(found.Organisation, found.Slug), [.. found.Roles.Order()], found.Address);
    }

    /// <summary>Nobody is told what they did themselves.</summary>
    private void Tell(JobServerDb db, ChangeMember command, Member member, MessageTemplate template, ProjectMemberNotice notice)
    {
        if (command.UserId != command.PersonId && member.Address is { Length: > 0 } address)
        {
            db.OutboxMessages.Add(Outbox.Message(template, address, notice, timeProvider.GetUtcNow()));
        }
    }

    /// <summary>A project without an organisation has no page of its own.</summary>
    private static string PathOf(string? organisation, string slug) => organisation is null ? "/" : $"/{organisation}/{slug}";

    private static List<string> Names(IEnumerable<Role> roles) => [.. roles.Select(role => SnakeCase.Of(role))];

    private sealed record Member(int Id, string Project, string Path, IReadOnlyList<Role> Roles, string? Address);
}
