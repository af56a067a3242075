namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>A log's row, as far as invariants speak of it. Bytes.</summary>
internal sealed record LogView(string JobId, long Fence, long Committed, long Stored, bool IsComplete);
