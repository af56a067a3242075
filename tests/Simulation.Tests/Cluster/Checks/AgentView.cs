namespace JobServer.Simulation.Tests.Cluster.Checks;

internal sealed record AgentView(string Id, long Epoch, string Mode, int StandardSlots, int DatabaseSlots)
{
    public int SlotsOf(bool usesDatabase) => usesDatabase ? DatabaseSlots : StandardSlots;
}
