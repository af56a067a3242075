namespace JobServer.Domain.Access;

/// <summary>What a person may be. The last three before <see cref="TechnicalReviewer"/> can be held in one project or in all.</summary>
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
