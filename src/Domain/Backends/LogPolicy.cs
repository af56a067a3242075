namespace JobServer.Domain.Backends;

/// <summary>Who may read a job's log outside the site.</summary>
public enum LogPolicy
{
    SiteOnly,
    Checkers,
    Project,
}
