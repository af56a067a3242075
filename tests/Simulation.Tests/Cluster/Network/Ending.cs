namespace JobServer.Simulation.Tests.Cluster.Network;

internal enum Ending
{
    None,
    Closed,
    Reset,
}
