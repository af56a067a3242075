using System.Data.Common;
using JobServer.Data.Audit;
using JobServer.Data.Notifications;
using JobServer.Data.Projects;
using JobServer.Data.Writing;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Domain.Audit;
using JobServer.Domain.Notifications;
using JobServer.Domain.Projects;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Applications;

/// <summary>The one act of an approval: status, project, membership of the applicant, message and lines of the audit log, or nothing.</summary>
public sealed class ApplicationApprovals(DatabaseWriter writer, AuditLog audit, TimeProvider time)
{
    public async Task<ApprovalOutcome> ApproveAsync(ApproveApplication command, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.RunAsync((db, token) => ApproveAsync(db, command, token), cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException)
        {
            // Somebody else took the address or the number between the look and the write; anything else is a fault.
            if (await writer.RunAsync((db, token) => CollisionAsync(db, command, token), cancellationToken) is { } collision)
            {
                return collision;
            }

            throw;
        }
    }

    private async Task<ApprovalOutcome> ApproveAsync(JobServerDb db, ApproveApplication command, CancellationToken token)
    {
        // Locks the row, so that of two approvals at once one finds it changed.
        var rows = db.Applications.Where(row => row.Id == command.ApplicationId && row.DeletedAt == null && row.Revision == command.Revision);
        if (await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision), token) == 0)
        {
            return await WhyNotAsync(db, command.ApplicationId, token);
        }

        var application = await rows.Include(row => row.CreatedBy).SingleAsync(token);
        if (application.ProjectId is not null)
        {
            return ApprovalOutcome.ApprovedBefore;
        }

        if (application.Status.After(ApplicationAct.ApproveFully) is not { } status)
        {
            return ApprovalOutcome.Closed;
        }

        var overrides = !(application.Governance.IsForIt && application.Technical.IsForIt);
        if (overrides && string.IsNullOrWhiteSpace(command.OverrideReason))
        {
            return ApprovalOutcome.ReasonMissing;
        }

        if (await CollisionAsync(db, command, token) is { } collision)
        {
            return collision;
        }

        var project = await AddProjectAsync(db, application, command, token);
        var from = application.Status;
        (application.Status, application.StatusComment) = (status, command.Comment);
        (application.StatusChangedAt, application.StatusChangedById) = (time.GetUtcNow(), command.PersonId);
        (application.ProjectId, application.OverrideReason) = (project.Id, overrides ? command.OverrideReason : "");
        await TellAsync(db, application, project, token);
        await audit.AppendAsync(
            db, command.PersonId, AuditAct.ApplicationApproved, ApplicationReviews.Subject(application.Id),
            new
            {
                from = SnakeCase.Of(from),
                projectId = project.Id,
                governance = NameOf(application.Governance),
                technical = NameOf(application.Technical),
                application.OverrideReason,
                comment = command.Comment,
            },
            token);
        return ApprovalOutcome.Approved;
    }

    private async Task<Project> AddProjectAsync(JobServerDb db, Application application, ApproveApplication command, CancellationToken token)
    {
        var now = time.GetUtcNow();
        var membership = new ProjectMembership { UserId = application.CreatedById, CreatedAt = now, CreatedById = command.PersonId };
        membership.Roles.AddRange(RolesOf(command).Select(role => new ProjectMembershipRole { Role = role }));
        var project = new Project
        {
            Name = command.ProjectName,
            Slug = command.ProjectSlug,
            Number = command.ProjectNumber,
            OrganisationId = command.OrganisationId,
            CreatedAt = now,
            CreatedById = command.PersonId,
            Memberships = { membership },
        };
        await ProjectCreation.AddAsync(db, audit, project, application.Id, token);
        await audit.AppendAsync(
            db, command.PersonId, AuditAct.MembershipChanged, $"project:{project.Id}",
            new { userId = application.CreatedById, added = true, after = RolesOf(command).Select(role => SnakeCase.Of(role)) }, token);
        return project;
    }

    private async Task TellAsync(JobServerDb db, Application application, Project project, CancellationToken token)
    {
        if (application.CreatedBy is not { IsActive: true, NotificationAddress: { Length: > 0 } address } applicant)
        {
            return;
        }

        var organisation = await db.Organisations.AsNoTracking().Where(row => row.Id == project.OrganisationId)
            .Select(row => new { row.Name, row.Slug, HasApplicant = row.Memberships.Any(member => member.UserId == applicant.Id) })
            .SingleOrDefaultAsync(token);
        var notice = new ApplicationApprovedNotice
        {
            PublicId = application.PublicId,
            StudyName = await StudyNames.OfAsync(db, application.Id, token),
            Applicant = applicant.FullName,
            Comment = application.StatusComment,
            Project = project.Name,
            Path = organisation is null ? null : $"/{organisation.Slug}/{project.Slug}",
            Roles = [.. project.Memberships[0].Roles.Select(role => role.Role.Name())],
            Organisation = organisation?.Name,
            IsInOrganisation = organisation?.HasApplicant ?? false,
            HasBackend = await db.BackendMemberships.AnyAsync(member => member.UserId == applicant.Id, token),
        };
        db.OutboxMessages.Add(Outbox.Message(MessageTemplate.ApplicationApproved, address, notice, time.GetUtcNow()));
    }

    /// <returns>Null when the project can be made as it was asked for.</returns>
    private static async Task<ApprovalOutcome?> CollisionAsync(JobServerDb db, ApproveApplication command, CancellationToken token) =>
        await ProjectCollisions.FindAsync(db, command.OrganisationId, command.ProjectSlug, command.ProjectNumber, except: null, token) switch
        {
            null => null,
            ProjectOutcome.OrganisationGone => ApprovalOutcome.OrganisationGone,
            ProjectOutcome.NumberTaken => ApprovalOutcome.NumberTaken,
            _ => ApprovalOutcome.AddressTaken,
        };

    private static async Task<ApprovalOutcome> WhyNotAsync(JobServerDb db, int id, CancellationToken token)
    {
        var found = await db.Applications.AsNoTracking().Where(row => row.Id == id && row.DeletedAt == null)
            .Select(row => new { row.ProjectId, row.Status })
            .SingleOrDefaultAsync(token);
        return found switch
        {
            null => ApprovalOutcome.Closed,
            { ProjectId: not null } => ApprovalOutcome.ApprovedBefore,
            _ => found.Status.After(ApplicationAct.ApproveFully) is null ? ApprovalOutcome.Closed : ApprovalOutcome.ChangedMeanwhile,
        };
    }

    private static List<Role> RolesOf(ApproveApplication command) => [.. Roles.OfProjects.Where(command.Roles.Contains)];

    private static string? NameOf(ReviewerDecision decision) => decision.Outcome is { } outcome ? SnakeCase.Of(outcome) : null;
}
