namespace JobServer.Simulation.Tests.Specification.Store;

internal enum Phase : byte
{
    Queued,
    Leased,
    Running,
    Ended,
}
