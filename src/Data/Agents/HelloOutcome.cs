using JobServer.Domain.Agents;

namespace JobServer.Data.Agents;

public abstract record HelloOutcome
{
    private HelloOutcome()
    {
    }

    /// <param name="JournalChanged">The agent's disk was wiped since its last Hello.</param>
    public sealed record Opened(long Epoch, bool JournalChanged, AgentMode Mode, long DesiredRevision) : HelloOutcome;

    /// <summary>The id is bound to another backend.</summary>
    public sealed record OtherBackend : HelloOutcome;

    public sealed record Revoked : HelloOutcome;
}
