namespace JobServer.Simulation.Tests.Cluster.Engine;

/// <summary>The first thing in a run that must not happen.</summary>
internal sealed record Violation(string Invariant, string What, TimeSpan At)
{
    public override string ToString() => $"{Invariant} at {At.TotalSeconds:0.000} s: {What}";
}
