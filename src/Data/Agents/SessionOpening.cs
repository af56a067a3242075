namespace JobServer.Data.Agents;

/// <summary>A Hello that waits for its session to be written.</summary>
internal sealed record SessionOpening(AgentHello Hello, string CoordinatorId, TimeSpan LeaseTime);
