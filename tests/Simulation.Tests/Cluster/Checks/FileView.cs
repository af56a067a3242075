namespace JobServer.Simulation.Tests.Cluster.Checks;

internal sealed record FileView(long Id, string JobId, long Fence, string Path, string Disposition, string Digest, long Size);
