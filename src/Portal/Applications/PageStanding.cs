namespace JobServer.Portal.Applications;

/// <summary>How far a page is, in the list of tasks.</summary>
internal enum PageStanding
{
    NotStarted,
    Incomplete,
    Complete,
    NeedsChange,
    Accepted,
}
