using JobServer.Contracts.V1;

namespace JobServer.Coordinator.Agents;

internal sealed record UnansweredAssignment
{
    public required CoordinatorFrame Frame { get; init; }

    /// <summary>A <see cref="TimeProvider"/> timestamp.</summary>
    public required long SentAt { get; init; }

    public bool WasRepeated { get; set; }
}
