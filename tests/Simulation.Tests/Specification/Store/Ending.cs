namespace JobServer.Simulation.Tests.Specification.Store;

internal enum Ending : byte
{
    None,
    Succeeded,
    Failed,
    Cancelled,

    /// <summary>Given up after the last attempt that the written policy allows.</summary>
    Lost,
}
