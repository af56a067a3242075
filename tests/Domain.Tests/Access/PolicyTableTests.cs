using JobServer.Domain.Access;
using Xunit;
using static JobServer.Domain.Access.Permission;

namespace JobServer.Domain.Tests.Access;

public sealed class PolicyTableTests
{
    /// <summary>What each role adds to what everybody who is signed in may do.</summary>
    private static readonly Dictionary<Role, Permission[]> Given = new()
    {
        [Role.CoreDeveloper] =
        [
            CancelAnyJob, CancelJobs, ReadAuditLog, RenameProject, ManageMembers, AddMembers, AddPeopleToBackends,
            AddPeopleToOrganisations, AddProjectsToOrganisations, ReadApplications, ReviewApplications, DecideApplications,
            OpenAdminArea, ViewAdminLists, ManageUsers, GiveGlobalRoles, ManageOrganisations, ManageProjects, ManageWorkspaces,
            ManageBackends, ManageRuns, RetryLostJobs, StopNewRuns, ManageSiteAlerts, ManageRedirects,
        ],
        [Role.DataInvestigator] = [ReadFullJobLogs, ReadProjectJobLogs],
        [Role.GovernanceReviewer] = [ReadApplications, ReviewApplications, GiveGovernanceDecision, OpenAdminArea],
        [Role.TechnicalReviewer] = [ReadApplications, ReviewApplications, GiveTechnicalDecision, OpenAdminArea],
        [Role.OnboardingAgent] = [AddPeopleToOrganisations, AddPeopleToBackends, AddMembers, AddProjectsToOrganisations, ReadApplications, OpenAdminArea, ViewAdminLists],

        // Whoever decides about files must be able to see those that are out already.
        [Role.OutputChecker] = [ViewUnreleasedOutputs, DecideReleases, RedactFiles, RedactAutomaticallyReleasedFiles, ViewReleasedFiles, ReadCheckersJobLogs],
        [Role.OutputPublisher] = [DecidePublication, ViewReleasedFiles],
        [Role.ProjectCollaborator] = [ViewReleasedFiles],
        [Role.ProjectCoordinator] = [RenameProject, ManageMembers],
        [Role.ProjectDeveloper] =
        [
            CreateWorkspace, EditWorkspace, ArchiveWorkspace, RunJobs, CancelJobs, ToggleNotifications, ViewReleasedFiles, RequestRelease,
            RequestPublication, RedactAutomaticallyReleasedFiles, ReadProjectJobLogs,
        ],
    };

    private static readonly Permission[] OfVisitors = [ViewPublicPages, ViewPublishedFiles];
    private static readonly Permission[] OfEverybodySignedIn = [ViewPublicPages, ViewPublishedFiles, ViewPeopleAndMessages, UseOwnAccount, Apply, ReadOwnRights];

    public static TheoryData<Role> AllRoles => new(Roles.All);

    [Fact]
    public void Every_permission_has_one_row_and_a_sentence()
    {
        Assert.Equal(Enum.GetValues<Permission>().Order(), PolicyTable.Rows.Select(row => row.Permission).Order());
        Assert.All(PolicyTable.Rows, row => Assert.NotEmpty(row.Sentence));
    }

    [Fact]
    public void Every_role_has_a_name_a_sentence_and_a_giver() =>
        Assert.All(Roles.All, role => Assert.All([role.Name(), role.Sentence(), role.GivenBy()], Assert.NotEmpty));

    [Theory]
    [MemberData(nameof(AllRoles))]
    public void A_role_held_everywhere_gives_exactly_this(Role role) =>
        Assert.Equal(
            OfEverybodySignedIn.Union(Given[role]).Order(),
            Allowed(new Rights { IsSignedIn = true, GlobalRoles = new HashSet<Role> { role } }));

    [Theory]
    [MemberData(nameof(AllRoles))]
    public void A_role_held_in_the_project_at_hand_gives_the_same_there(Role role) =>
        Assert.Equal(
            OfEverybodySignedIn.Union(Given[role]).Order(),
            Allowed(new Rights { IsSignedIn = true, IsMember = true, ProjectRoles = new HashSet<Role> { role } }));

    [Fact]
    public void Visitors_see_the_public_pages_and_nothing_else() => Assert.Equal(OfVisitors, Allowed(Rights.Visitor));

    [Fact]
    public void Whoever_signed_in_without_a_role_may_use_and_apply() =>
        Assert.Equal(OfEverybodySignedIn.Order(), Allowed(new Rights { IsSignedIn = true }));

    [Fact]
    public void A_role_without_a_sign_in_gives_nothing() =>
        Assert.Equal(OfVisitors, Allowed(new Rights { GlobalRoles = Roles.All.ToHashSet() }));

    [Fact]
    public void Rights_add_up() =>
        Assert.True(new Rights
        {
            IsSignedIn = true,
            GlobalRoles = new HashSet<Role> { Role.OutputChecker },
            ProjectRoles = new HashSet<Role> { Role.ProjectDeveloper },
        } is var both && both.May(DecideReleases) && both.May(RunJobs));

    [Fact]
    public void Three_roles_can_be_given_for_one_project() =>
        Assert.Equal([Role.ProjectCollaborator, Role.ProjectCoordinator, Role.ProjectDeveloper], Roles.OfProjects);

    [Fact]
    public void A_refusal_names_the_roles_and_who_gives_them()
    {
        var refused = PolicyTable.Decide(RunJobs, new Rights { IsSignedIn = true });

        Assert.False(refused.IsAllowed);
        Assert.Equal(
            "To run jobs you need the role Project Developer, which a Project Coordinator of the project or a Core Developer can give you.",
            refused.Explanation);
        Assert.Equal("", PolicyTable.Decide(ViewPublicPages, Rights.Visitor).Explanation);
    }

    [Fact]
    public void Every_refusal_of_a_signed_in_person_names_every_role_that_would_do() =>
        Assert.All(
            PolicyTable.Rows.Where(row => row.Audience == Audience.RolesOnly),
            row =>
            {
                var explanation = PolicyTable.Decide(row.Permission, new Rights { IsSignedIn = true }).Explanation;
                Assert.All(row.Roles, role => Assert.Contains(role.Name(), explanation, StringComparison.Ordinal));
                Assert.Contains("can give you", explanation, StringComparison.Ordinal);
            });

    [Fact]
    public void A_visitor_is_told_to_sign_in() =>
        Assert.Equal("Sign in to apply for a project.", PolicyTable.Decide(Apply, Rights.Visitor).Explanation);

    [Fact]
    public void A_refusal_about_unreleased_outputs_and_applications_hides_that_they_exist() =>
        Assert.Equal(
            new[] { ViewUnreleasedOutputs, ReadApplications, ReviewApplications, GiveGovernanceDecision, GiveTechnicalDecision, DecideApplications }.Order(),
            PolicyTable.Rows.Where(row => row.HidesExistence).Select(row => row.Permission).Order());

    private static IEnumerable<Permission> Allowed(Rights rights) =>
        Enum.GetValues<Permission>().Where(rights.May).Order();
}
