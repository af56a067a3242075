using JobServer.Data.Applications;
using JobServer.Data.Audit;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Domain.Audit;
using JobServer.Domain.Notifications;
using JobServer.Domain.Organisations;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Applications;

public sealed class ApplicationApprovalsTests : ReviewTest
{
    [Fact]
    public async Task An_approval_makes_the_project_its_member_the_message_and_the_record_in_one_act()
    {
        Assert.Equal(ApprovalOutcome.Approved, await ApproveAsync());

        var project = await Site.Database.ReadAsync(db => db.Projects.AsNoTracking()
            .Include(row => row.Memberships).ThenInclude(member => member.Roles).SingleAsync());
        Assert.Equal(("Sleep", "sleep", "7", null, Admin.Id), (project.Name, project.Slug, project.Number, project.OrganisationId, project.CreatedById));
        var member = Assert.Single(project.Memberships);
        Assert.Equal(Applicant.Id, member.UserId);
        Assert.Equal([Role.ProjectCoordinator, Role.ProjectDeveloper], member.Roles.Select(role => role.Role).Order());
        var stored = await StoredAsync();
        Assert.Equal(
            (ApplicationStatus.ApprovedFully, "Welcome.", project.Id, Admin.Id, Site.Now),
            (stored.Status, stored.StatusComment, stored.ProjectId, stored.StatusChangedById, stored.StatusChangedAt));
        Assert.Equal([AuditAct.ProjectCreated, AuditAct.MembershipChanged, AuditAct.ApplicationApproved], await ActsAsync());
        Assert.Null(await Site.Database.ReadAsync(db => Site.Get<AuditLog>().FindBreakAsync(db, [], None)));
        var mail = await Site.Database.ReadAsync(db => db.OutboxMessages.SingleAsync());
        Assert.Equal((MessageTemplate.ApplicationApproved, Applicant.Email), (mail.Template, mail.Recipient));
        Assert.Contains("\"hasBackend\":false", mail.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approving_twice_at_once_makes_one_project()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(number => ApproveAsync(command => command with { ProjectNumber = $"{number}" })));

        Assert.Single(outcomes, ApprovalOutcome.Approved);
        Assert.Equal(7, outcomes.Count(outcome => outcome == ApprovalOutcome.ApprovedBefore));
        Assert.Equal((1, 1), (await ProjectsAsync(), await MailsAsync()));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(DecisionOutcome.Approve, null)]
    [InlineData(null, DecisionOutcome.Approve)]
    [InlineData(DecisionOutcome.Approve, DecisionOutcome.Reject)]
    [InlineData(DecisionOutcome.Reject, DecisionOutcome.Approve)]
    public async Task A_missing_or_negative_decision_needs_a_reason_which_is_kept(DecisionOutcome? governance, DecisionOutcome? technical)
    {
        await DecideAsync(governance, technical);

        Assert.Equal(ApprovalOutcome.ReasonMissing, await ApproveAsync(command => command with { OverrideReason = " " }));
        Assert.Equal((0, ApplicationStatus.Submitted), (await ProjectsAsync(), (await StoredAsync()).Status));
        Assert.Equal(ApprovalOutcome.Approved, await ApproveAsync(command => command with { OverrideReason = "The board met." }));
        Assert.Equal("The board met.", (await StoredAsync()).OverrideReason);
        Assert.Contains("The board met.", await DetailsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_both_decisions_for_it_no_reason_is_needed_or_kept()
    {
        await DecideAsync(DecisionOutcome.Approve, DecisionOutcome.Approve);

        Assert.Equal(ApprovalOutcome.Approved, await ApproveAsync());
        Assert.Equal("", (await StoredAsync()).OverrideReason);
    }

    [Theory]
    [InlineData(ApplicationStatus.Ongoing, ApprovalOutcome.Closed)]
    [InlineData(ApplicationStatus.Submitted, ApprovalOutcome.Approved)]
    [InlineData(ApplicationStatus.Deferred, ApprovalOutcome.Approved)]
    [InlineData(ApplicationStatus.ApprovedSubjectTo, ApprovalOutcome.Approved)]
    [InlineData(ApplicationStatus.ApprovedFully, ApprovalOutcome.Closed)]
    [InlineData(ApplicationStatus.Rejected, ApprovalOutcome.Closed)]
    [InlineData(ApplicationStatus.Completed, ApprovalOutcome.Closed)]
    public async Task Only_what_was_submitted_and_is_not_settled_is_approved(ApplicationStatus status, ApprovalOutcome expected)
    {
        await PutAsync(status);

        Assert.Equal(expected, await ApproveAsync());
        Assert.Equal(expected == ApprovalOutcome.Approved ? 1 : 0, await ProjectsAsync());
    }

    [Fact]
    public async Task What_changed_since_the_admin_looked_is_not_approved()
    {
        await Site.Database.WriteAsync((db, token) => db.Applications.ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, 5), token));

        Assert.Equal(ApprovalOutcome.ChangedMeanwhile, await ApproveAsync());
        Assert.Equal((0, 5), (await ProjectsAsync(), (await StoredAsync()).Revision));
    }

    [Fact]
    public async Task A_deleted_application_is_not_approved()
    {
        DateTimeOffset? now = Site.Now;
        await Site.Database.WriteAsync((db, token) => db.Applications.ExecuteUpdateAsync(set => set.SetProperty(row => row.DeletedAt, now), token));

        Assert.Equal(ApprovalOutcome.Closed, await ApproveAsync());
    }

    [Fact]
    public async Task A_taken_address_or_number_or_a_lost_organisation_leaves_everything_as_it_was()
    {
        var organisation = await Site.CreateOrganisationAsync();
        await Site.CreateProjectAsync(organisation, "Sleep");
        await Site.Database.AddAsync(new Domain.Projects.Project { Name = "Other", Slug = "other", Number = "12", CreatedAt = Site.Now });

        Assert.Equal(ApprovalOutcome.AddressTaken, await ApproveAsync(command => command with { OrganisationId = organisation.Id }));
        Assert.Equal(ApprovalOutcome.NumberTaken, await ApproveAsync(command => command with { ProjectNumber = "12" }));
        Assert.Equal(ApprovalOutcome.OrganisationGone, await ApproveAsync(command => command with { OrganisationId = 999 }));

        var stored = await StoredAsync();
        Assert.Equal((ApplicationStatus.Submitted, null, Application.Revision), (stored.Status, stored.ProjectId, stored.Revision));
        Assert.Equal((2, 0), (await ProjectsAsync(), await MailsAsync()));
        Assert.Empty(await ActsAsync());

        // Without an organisation there is no address that could be taken.
        Assert.Equal(ApprovalOutcome.Approved, await ApproveAsync());
    }

    [Fact]
    public async Task When_the_last_step_fails_nothing_of_it_happened()
    {
        await BreakAuditAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => ApproveAsync());

        Assert.Equal((0, 0, ApplicationStatus.Submitted), (await ProjectsAsync(), await MailsAsync(), (await StoredAsync()).Status));
        Assert.Equal(0, await Site.Database.ReadAsync(db => db.ProjectMemberships.CountAsync()));
    }

    [Fact]
    public async Task The_message_says_what_is_there_already()
    {
        var organisation = await Site.CreateOrganisationAsync("institute");
        await Site.Database.AddAsync(new OrganisationMembership { OrganisationId = organisation.Id, UserId = Applicant.Id, CreatedAt = Site.Now });
        await Site.AddToBackendAsync(await Site.CreateBackendAsync(), Applicant);

        Assert.Equal(ApprovalOutcome.Approved, await ApproveAsync(command => command with { OrganisationId = organisation.Id }));

        var mail = await Site.Database.ReadAsync(db => db.OutboxMessages.Select(message => message.Data).SingleAsync());
        Assert.Contains("\"path\":\"/institute/sleep\"", mail, StringComparison.Ordinal);
        Assert.Contains("\"isInOrganisation\":true,\"hasBackend\":true", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_that_hold_for_all_projects_are_not_given_by_an_approval()
    {
        await ApproveAsync(command => command with { Roles = [Role.CoreDeveloper, Role.ProjectCollaborator] });

        Assert.Equal([Role.ProjectCollaborator], await Site.Database.ReadAsync(db => db.ProjectMemberships.SelectMany(member => member.Roles).Select(role => role.Role).ToListAsync()));
    }

    private Task<ApprovalOutcome> ApproveAsync(Func<ApproveApplication, ApproveApplication>? change = null)
    {
        var command = new ApproveApplication
        {
            ApplicationId = Application.Id,
            Revision = Application.Revision,
            ProjectName = "Sleep",
            ProjectSlug = "sleep",
            ProjectNumber = "7",
            OrganisationId = null,
            Roles = [Role.ProjectDeveloper, Role.ProjectCoordinator],
            Comment = "Welcome.",
            OverrideReason = "In a hurry.",
            PersonId = Admin.Id,
        };
        return Site.Get<ApplicationApprovals>().ApproveAsync(change?.Invoke(command) ?? command, None);
    }

    private Task<int> DecideAsync(DecisionOutcome? governance, DecisionOutcome? technical) => Site.Database.WriteAsync((db, token) => db.Applications.ExecuteUpdateAsync(
        set => set.SetProperty(row => row.Governance.Outcome, governance).SetProperty(row => row.Technical.Outcome, technical), token));

    private Task<int> ProjectsAsync() => Site.Database.ReadAsync(db => db.Projects.CountAsync());

    private Task<string> DetailsAsync() => Site.Database.ReadAsync(db =>
        db.AuditEntries.Where(entry => entry.Act == AuditAct.ApplicationApproved).Select(entry => entry.Details).SingleAsync());
}
