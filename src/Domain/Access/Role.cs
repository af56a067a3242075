namespace JobServer.Domain.Access;

/// <summary>What a person may be; <see cref="Roles.OfProjects"/> are those that can be held in one project alone.</summary>
public enum Role
{
    CoreDeveloper,
    DataInvestigator,
    GovernanceReviewer,
    OnboardingAgent,
    OutputChecker,
    OutputPublisher,
    ProjectCollaborator,
    ProjectCoordinator,
    ProjectDeveloper,
    TechnicalReviewer,
}
