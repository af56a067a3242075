namespace JobServer.Simulation.Tests.Cluster.Checks;

internal sealed record SessionView(string AgentId, long Epoch, string ExpiresAt, bool HasEnded);
