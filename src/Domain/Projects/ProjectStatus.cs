namespace JobServer.Domain.Projects;

/// <summary>How far a study is, as admins keep it and its page shows it; decides nothing.</summary>
public enum ProjectStatus
{
    Ongoing,
    Postponed,
    Completed,
    Retired,
}
