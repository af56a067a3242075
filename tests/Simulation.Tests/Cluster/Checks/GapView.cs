namespace JobServer.Simulation.Tests.Cluster.Checks;

internal sealed record GapView(string JobId, long Fence, long From, long To);
