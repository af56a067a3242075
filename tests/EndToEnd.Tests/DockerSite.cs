using JobServer.RunnerAgent.Tests.Execution.Conformance;

namespace JobServer.EndToEnd.Tests;

/// <summary>The whole service with agents that run actions in containers of a real engine.</summary>
public sealed class DockerSite : AllInOneFixture
{
    private readonly DockerEngine _engine = new();

    public Uri Engine => _engine.Endpoint;

    protected override IReadOnlyDictionary<string, string?> AgentSettings => new Dictionary<string, string?>
    {
        ["Agent:Executor"] = "Docker",
        ["Agent:Docker:Endpoint"] = _engine.Endpoint.OriginalString,
        ["Agent:Docker:Pull"] = "Never",
        ["Agent:Images:python:Reference"] = DockerEngine.Repository,
        ["Agent:Images:python:Versions:0"] = "latest",
    };

    public override async Task InitializeAsync()
    {
        await _engine.InitializeAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _engine.DisposeAsync();
    }
}
