using static JobServer.Domain.Access.Role;

namespace JobServer.Domain.Access;

/// <summary>
/// Who may do what: permission × role × scope. Page attributes, handlers, the matrix page and the tests are made from it.
/// </summary>
/// <remarks>
/// A role counts where it is held: a global role everywhere, a project role in its project.
/// Belonging to a backend is a separate condition of running jobs, checked where a request is made.
/// </remarks>
public static class PolicyTable
{
    public static IReadOnlyList<PolicyRow> Rows { get; } =
    [
        Everybody(Permission.ViewPublicPages, "see projects, workspaces, runs and the state of backends, without people's names"),
        new() { Permission = Permission.ViewPeopleAndMessages, Sentence = "see people's names and status messages", Audience = Audience.SignedIn },
        new() { Permission = Permission.UseOwnAccount, Sentence = "change their own settings and sign out", Audience = Audience.SignedIn },
        new() { Permission = Permission.Apply, Sentence = "apply for a project", Audience = Audience.SignedIn },

        For(Permission.CreateWorkspace, "create a workspace", ProjectDeveloper),
        For(Permission.EditWorkspace, "edit a workspace", ProjectDeveloper),
        For(Permission.ArchiveWorkspace, "archive and unarchive a workspace", ProjectDeveloper),
        For(Permission.ToggleNotifications, "turn a workspace's notifications on and off", ProjectDeveloper),
        For(Permission.RunJobs, "run jobs", ProjectDeveloper),
        For(Permission.CancelJobs, "cancel jobs", ProjectDeveloper, CoreDeveloper),
        For(Permission.CancelAnyJob, "cancel any run of the service", CoreDeveloper),
        For(Permission.ReadFullJobLogs, "read full job logs", DataInvestigator),
        For(Permission.ReadProjectJobLogs, "read job logs that their site shares with the project", ProjectDeveloper, DataInvestigator),
        For(Permission.ReadCheckersJobLogs, "read job logs that their site shares with its output checkers", OutputChecker),

        For(Permission.ViewReleasedFiles, "see released files", ProjectCollaborator, ProjectDeveloper, OutputChecker, OutputPublisher),
        Everybody(Permission.ViewPublishedFiles, "see published files"),
        Hidden(Permission.ViewUnreleasedOutputs, "see outputs before their release", OutputChecker),
        For(Permission.RequestRelease, "ask for the release of files", ProjectDeveloper),
        For(Permission.DecideReleases, "approve, reject and release files", OutputChecker),
        For(Permission.RedactFiles, "delete released files", OutputChecker),
        For(Permission.RedactAutomaticallyReleasedFiles, "delete files that were released automatically", ProjectDeveloper, OutputChecker),
        For(Permission.RequestPublication, "ask for publication", ProjectDeveloper),
        For(Permission.DecidePublication, "approve and reject publication", OutputPublisher),

        For(Permission.RenameProject, "rename the project", ProjectCoordinator, CoreDeveloper),
        For(Permission.ManageMembers, "change the roles of members and remove members", ProjectCoordinator, CoreDeveloper),
        For(Permission.AddMembers, "add members to a project", OnboardingAgent, CoreDeveloper),
        For(Permission.AddPeopleToBackends, "add people to a backend", OnboardingAgent, CoreDeveloper),
        For(Permission.AddPeopleToOrganisations, "add people to an organisation", OnboardingAgent, CoreDeveloper),
        For(Permission.AddProjectsToOrganisations, "attach a project to an organisation", OnboardingAgent, CoreDeveloper),

        Hidden(Permission.ReadApplications, "read applications", GovernanceReviewer, TechnicalReviewer, OnboardingAgent, CoreDeveloper),
        Hidden(Permission.ReviewApplications, "review the pages of an application", GovernanceReviewer, TechnicalReviewer, CoreDeveloper),
        Hidden(Permission.GiveGovernanceDecision, "give the governance decision", GovernanceReviewer),
        Hidden(Permission.GiveTechnicalDecision, "give the technical decision", TechnicalReviewer),

        Hidden(Permission.DecideApplications, "set the status of an application and approve it", CoreDeveloper),

        new() { Permission = Permission.ReadOwnRights, Sentence = "read what their own roles allow", Audience = Audience.SignedIn },
        For(Permission.OpenAdminArea, "open the admin area", CoreDeveloper, OnboardingAgent, GovernanceReviewer, TechnicalReviewer),
        For(Permission.ViewAdminLists, "look people, organisations, projects and backends up in the admin area", CoreDeveloper, OnboardingAgent),
        For(Permission.ManageUsers, "edit people and deactivate them", CoreDeveloper),
        For(Permission.GiveGlobalRoles, "give and take roles that hold for all projects", CoreDeveloper),
        For(Permission.ManageOrganisations, "create and edit organisations, and remove people from them", CoreDeveloper),
        For(Permission.ManageProjects, "create, edit and move projects", CoreDeveloper),
        For(Permission.ManageWorkspaces, "move workspaces between projects and archive them", CoreDeveloper),
        For(Permission.ManageBackends, "create and edit backends, their tokens, agents and members", CoreDeveloper),
        For(Permission.ManageRuns, "see every request and queue with the reason each job waits", CoreDeveloper),
        For(Permission.RetryLostJobs, "run lost jobs again", CoreDeveloper),
        For(Permission.StopNewRuns, "stop new runs, and allow them again", CoreDeveloper),
        For(Permission.ManageSiteAlerts, "write and end site alerts", CoreDeveloper),
        For(Permission.ManageRedirects, "see and delete redirects", CoreDeveloper),
        For(Permission.ReadAuditLog, "read the audit log", CoreDeveloper),
    ];

    private static readonly Dictionary<Permission, PolicyRow> ByPermission = Rows.ToDictionary(row => row.Permission);

    public static PolicyRow Row(Permission permission) => ByPermission[permission];

    /// <summary>Decides for a person at hand. For a permission of a project, <paramref name="rights"/> holds the roles there.</summary>
    public static AccessDecision Decide(Permission permission, Rights rights)
    {
        var row = Row(permission);
        var allowed = row.Audience switch
        {
            Audience.Visitor => true,
            Audience.SignedIn => rights.IsSignedIn,
            Audience.Member => rights.IsMember || row.Roles.Any(rights.Holds),
            Audience.RolesOnly => rights.IsSignedIn && row.Roles.Any(rights.Holds),
        };
        return new AccessDecision { Row = row, IsAllowed = allowed, IsSignedIn = rights.IsSignedIn };
    }

    private static PolicyRow Everybody(Permission permission, string sentence) =>
        new() { Permission = permission, Sentence = sentence, Audience = Audience.Visitor };

    private static PolicyRow For(Permission permission, string sentence, params Role[] roles) =>
        new() { Permission = permission, Sentence = sentence, Roles = roles };

    private static PolicyRow Hidden(Permission permission, string sentence, params Role[] roles) =>
        new() { Permission = permission, Sentence = sentence, Roles = roles, HidesExistence = true };
}
