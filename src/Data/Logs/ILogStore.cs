namespace JobServer.Data.Logs;

/// <summary>
/// What jobs printed, as far as it left their sites: one file for each attempt, without the gaps. How much of a file
/// counts is in the attempt's row; what lies beyond was never committed.
/// </summary>
public interface ILogStore
{
    /// <summary>Opens an attempt's file to add to it. Null while somebody else, in this process or another, has it open so.</summary>
    /// <exception cref="ArgumentException">The names are no job and fence.</exception>
    ILogAppender? TryOpenAppend(string jobId, long fence);

    /// <summary>Opens an attempt's file at its beginning; it may grow meanwhile. Null when there is none.</summary>
    /// <exception cref="ArgumentException">The names are no job and fence.</exception>
    Stream? OpenRead(string jobId, long fence);

    /// <summary>Deletes an attempt's file, if there is one. Only when nobody adds to it any more.</summary>
    /// <exception cref="ArgumentException">The names are no job and fence.</exception>
    void Delete(string jobId, long fence);
}
