namespace JobServer.Simulation.Tests.Specification.Store;

/// <summary>What a write left in the rows, and what its caller is told.</summary>
internal readonly record struct Told(Rows Rows, ReplyKind Reply, byte Number = 0)
{
    public string Answer => Number == 0 ? $"{Reply}" : $"{Reply} {Number}";
}
