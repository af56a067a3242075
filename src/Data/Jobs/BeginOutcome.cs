using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

public abstract record BeginOutcome
{
    private BeginOutcome()
    {
    }

    public sealed record Begun(Upload Upload) : BeginOutcome;

    /// <summary>The attempt is not current, or not this session's.</summary>
    public sealed record NotHeld : BeginOutcome;

    /// <summary>With this file the attempt would send more than it may.</summary>
    public sealed record OverLimit(string Message) : BeginOutcome;
}
