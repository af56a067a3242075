using JobServer.Contracts.V1;
using JobServer.Data.Agents;
using JobServer.Domain.Jobs;

namespace JobServer.Coordinator.Agents;

/// <summary>Checks a Hello; everything an agent says is hostile until it passes here.</summary>
internal static class HelloReading
{
    /// <summary>Of each kind.</summary>
    public const int MaxSlots = 1_000;

    private const int ProtocolVersion = 1;
    private const int MaxInventory = 10_000;
    private const int MaxText = 200;

    public static int Version => ProtocolVersion;

    /// <returns>The checked Hello, or the refusal to answer with.</returns>
    public static (AgentHello? Hello, Refuse? Refusal) Read(Hello? hello, int backendId)
    {
        if (hello is null)
        {
            return (null, Refusal(RefuseReason.BadHello, "The first frame must be Hello."));
        }

        if (hello.ProtocolMin > ProtocolVersion || hello.ProtocolMax < ProtocolVersion)
        {
            return (null, Refusal(
                RefuseReason.ProtocolVersion,
                $"This Coordinator speaks protocol {ProtocolVersion}; the agent speaks {hello.ProtocolMin} to {hello.ProtocolMax}. Update the older of the two."));
        }

        if (!IsIdentifier(hello.AgentId) || !IsIdentifier(hello.InstanceId) || !IsIdentifier(hello.JournalId))
        {
            return (null, Refusal(RefuseReason.BadHello, "Agent, instance and journal ids have 8 to 64 letters, digits and hyphens."));
        }

        if (hello.Inventory.Count > MaxInventory || !hello.Inventory.All(item => IsAttempt(item.Attempt)))
        {
            return (null, Refusal(RefuseReason.BadHello, $"The inventory must have at most {MaxInventory} items, each with its attempt."));
        }

        return (
            new AgentHello
            {
                AgentId = hello.AgentId,
                BackendId = backendId,
                InstanceId = hello.InstanceId,
                JournalId = hello.JournalId,
                DisplayName = Clean(hello.DisplayName),
                Build = Clean(hello.Build, 100),
                OperatingSystem = Clean(hello.OperatingSystem),
                StandardSlots = SlotsOf(hello.Slots, JobKind.Standard),
                DatabaseSlots = SlotsOf(hello.Slots, JobKind.Database),
            },
            null);
    }

    /// <summary>Whether an agent's words name an attempt at all; whose it is, the rows say.</summary>
    public static bool IsAttempt(Attempt? attempt) =>
        attempt is { JobId.Length: Job.IdLength, Fence: > 0 } && attempt.JobId.All(char.IsAsciiLetterOrDigit);

    /// <summary>What an agent says, shortened and without control characters.</summary>
    public static string Clean(string text, int maxLength = MaxText) =>
        new([.. text.Where(c => !char.IsControl(c)).Take(maxLength)]);

    public static int SlotsOf(IEnumerable<Slots> slots, JobKind kind) =>
        Math.Clamp(slots.Where(slot => slot.Kind == kind).Sum(slot => Math.Clamp(slot.Count, 0, MaxSlots)), 0, MaxSlots);

    public static Refuse Refusal(RefuseReason reason, string message) =>
        new() { Reason = reason, Message = message, RetryAfterMs = (long)TimeSpan.FromSeconds(30).TotalMilliseconds };

    private static bool IsIdentifier(string id) => id.Length is >= 8 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
