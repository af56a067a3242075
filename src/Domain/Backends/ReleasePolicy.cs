namespace JobServer.Domain.Backends;

/// <summary>What happens to a moderately sensitive file that passed the site's limits.</summary>
public enum ReleasePolicy
{
    /// <summary>Output checkers decide file by file.</summary>
    Reviewed,

    /// <summary>A release is made when the job succeeds.</summary>
    Automatic,
}
