namespace JobServer.Domain.Applications;

/// <summary>What a reviewer found of a page.</summary>
public enum PageVerdict
{
    Accepted,
    NeedsChange,
}
