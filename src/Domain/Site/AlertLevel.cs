namespace JobServer.Domain.Site;

public enum AlertLevel
{
    Information,
    Warning,

    /// <summary>Something does not work.</summary>
    Problem,
}
