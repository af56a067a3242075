namespace JobServer.Simulation.Tests.Cluster.Checks;

internal sealed record EventView(long Id, string JobId, string Kind, string State, string Code, long Fence, long Sequence, string? AgentId)
{
    /// <summary>An agent's report that changed the job.</summary>
    public bool IsApplied => Sequence > 0 && Kind != "contradicted";
}
