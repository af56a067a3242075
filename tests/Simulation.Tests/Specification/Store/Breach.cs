namespace JobServer.Simulation.Tests.Specification.Store;

/// <summary>What a write did although it must not: noted beside the rows, whatever guard let it pass. Always none in a right store.</summary>
[Flags]
internal enum Breach : byte
{
    None = 0,
    OldFence = 1,
    NotTheHolder = 2,
    StaleSession = 4,
    SkippedReport = 8,
    RepeatedReport = 16,
}
