namespace JobServer.RunnerAgent.Tests.Execution.Conformance;

public sealed class DockerConformanceTests(DockerEngine engine) : SandboxConformance, IClassFixture<DockerEngine>
{
    private protected override SandboxBench MakeBench() => SandboxBench.Docker(engine);
}
