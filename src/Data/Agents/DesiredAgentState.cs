using JobServer.Domain.Agents;

namespace JobServer.Data.Agents;

/// <summary>What the rows want of an agent, under a revision that rises with every change.</summary>
public sealed record DesiredAgentState
{
    public required AgentMode Mode { get; init; }

    /// <summary>With <see cref="AgentMode.Draining"/>: how long is left until what runs is interrupted, not below zero. Null: it waits.</summary>
    public required TimeSpan? DrainWithin { get; init; }

    public required long Revision { get; init; }

    public required long SessionEpoch { get; init; }

    public required IReadOnlyList<DesiredCancel> Cancels { get; init; }
}
