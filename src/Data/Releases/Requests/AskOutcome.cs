namespace JobServer.Data.Releases.Requests;

/// <summary>What became of a request for release.</summary>
public abstract record AskOutcome
{
    private AskOutcome()
    {
    }

    /// <param name="RequestId">Its number.</param>
    public sealed record Asked(int RequestId) : AskOutcome;

    /// <summary>A file was made anew, released or asked for meanwhile: nothing was written, and the list must be looked at again.</summary>
    public sealed record FilesChanged : AskOutcome;

    /// <summary>The workspace has a request at this backend that is not ended.</summary>
    /// <param name="RequestId">Its number.</param>
    public sealed record HasOpen(int RequestId) : AskOutcome;

    /// <summary>The files are of more than one backend; each site decides for itself.</summary>
    public sealed record SeveralBackends : AskOutcome;

    /// <summary>A check failed and nothing is said of why the file may leave.</summary>
    /// <param name="FileIds">Which files.</param>
    public sealed record ExceptionMissing(IReadOnlyList<long> FileIds) : AskOutcome;
}
