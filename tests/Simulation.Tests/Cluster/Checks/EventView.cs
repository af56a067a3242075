namespace JobServer.Simulation.Tests.Cluster.Checks;

internal sealed record EventView(long Id, string JobId, string Kind, string State, string Code, long Fence, long Sequence, string? AgentId);
