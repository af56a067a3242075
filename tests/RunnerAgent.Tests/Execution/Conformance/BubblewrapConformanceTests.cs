namespace JobServer.RunnerAgent.Tests.Execution.Conformance;

public sealed class BubblewrapConformanceTests : SandboxConformance
{
    private protected override SandboxBench MakeBench() => SandboxBench.Bubblewrap();
}
