using JobServer.Domain.Backends;

namespace JobServer.Domain.Agents;

/// <summary>A RunnerAgent as the service knows it: bound to its backend at its first Hello.</summary>
public sealed class Agent
{
    public const int IdMaxLength = 64;

    /// <summary>Made by the agent together with its journal.</summary>
    public required string Id { get; init; }

    public required int BackendId { get; init; }

    public Backend Backend { get; init; } = null!;

    public string DisplayName { get; set; } = "";

    public required string JournalId { get; set; }

    public string InstanceId { get; set; } = "";

    public string Build { get; set; } = "";

    public string OperatingSystem { get; set; } = "";

    /// <summary>Raised by each Hello with a compare-and-set; the newest session wins.</summary>
    public long SessionEpoch { get; set; }

    public AgentMode Mode { get; set; }

    /// <summary>When a drain stops waiting: what still runs then is interrupted and queued again. Null: it waits.</summary>
    public DateTimeOffset? DrainDeadline { get; set; }

    /// <summary>Attempts that a draining agent still holds, as it said last; null when it has said nothing.</summary>
    public int? AttemptsLeft { get; set; }

    /// <summary>Raised by every change of what the agent should do.</summary>
    public long DesiredRevision { get; set; }

    public int StandardSlots { get; set; }

    public int DatabaseSlots { get; set; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; set; }

    public int Revision { get; set; }
}
