namespace JobServer.Domain.Access;

/// <summary>The names and sentences of the roles, as pages show them.</summary>
public static class Roles
{
    public static IReadOnlyList<Role> All { get; } = Enum.GetValues<Role>();

    /// <summary>The roles that can be given for one project.</summary>
    public static IReadOnlyList<Role> OfProjects { get; } =
        [Role.ProjectCollaborator, Role.ProjectCoordinator, Role.ProjectDeveloper];

    public static string Name(this Role role) => role switch
    {
        Role.CoreDeveloper => "Core Developer",
        Role.DataInvestigator => "Data Investigator",
        Role.GovernanceReviewer => "Governance Reviewer",
        Role.OnboardingAgent => "Onboarding Agent",
        Role.OutputChecker => "Output Checker",
        Role.OutputPublisher => "Output Publisher",
        Role.ProjectCollaborator => "Project Collaborator",
        Role.ProjectCoordinator => "Project Coordinator",
        Role.ProjectDeveloper => "Project Developer",
        Role.TechnicalReviewer => "Technical Reviewer",
    };

    public static string Sentence(this Role role) => role switch
    {
        Role.CoreDeveloper => "Runs the service: people, organisations, backends, projects and applications.",
        Role.DataInvestigator => "Reads full job logs and the technical detail of any run.",
        Role.GovernanceReviewer => "Reads applications, reviews their pages and gives the governance decision.",
        Role.OnboardingAgent => "Adds people to organisations, backends and projects, and projects to organisations.",
        Role.OutputChecker => "Sees outputs before release and decides which files leave the site.",
        Role.OutputPublisher => "Decides on the publication of released files.",
        Role.ProjectCollaborator => "Sees the released files of the project.",
        Role.ProjectCoordinator => "Renames the project, changes the roles of its members and removes members.",
        Role.ProjectDeveloper => "Makes workspaces, runs and cancels jobs, and sees released files.",
        Role.TechnicalReviewer => "Reads applications, reviews their pages and gives the technical decision.",
    };

    /// <summary>Who can give the role to somebody.</summary>
    public static string GivenBy(this Role role) => OfProjects.Contains(role)
        ? "a Project Coordinator of the project or a Core Developer"
        : "a Core Developer";
}
