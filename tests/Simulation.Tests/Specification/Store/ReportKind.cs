namespace JobServer.Simulation.Tests.Specification.Store;

internal enum ReportKind : byte
{
    Executing,
    Succeeded,
    Failed,

    /// <summary>The process is gone and left no result.</summary>
    Lost,
}
