using Docker.DotNet.Models;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Execution.Containers;
using JobServer.RunnerAgent.Workspaces;

namespace JobServer.RunnerAgent.Tests.Execution.Conformance;

/// <summary>What only an executor with an engine and images can get wrong.</summary>
public sealed class DockerTests(DockerEngine engine) : IClassFixture<DockerEngine>, IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly List<string> _said = [];

    [SandboxFact]
    public async Task An_image_is_fetched_from_the_sites_registry_and_run_by_its_digest()
    {
        await using var registry = await TestRegistry.StartAsync();
        var options = Options(registry.Repository);

        var image = await PrepareAsync(options, "tiny", TestRegistry.Tag);

        Assert.StartsWith("sha256:", image.Identity);
        Assert.True(image.HasCommand);
        Assert.Contains(_said, words => words == "Fetching the image tiny:v1");
        _said.Clear();
        Assert.Equal(image.Identity, (await PrepareAsync(options, "tiny", TestRegistry.Tag)).Identity);
        Assert.Empty(_said);
    }

    [SandboxFact]
    public async Task An_image_that_is_not_listed_or_not_there_is_refused_with_what_there_is()
    {
        await using var registry = await TestRegistry.StartAsync();
        var options = Options(registry.Repository);
        options.Images["tiny"].Versions.AddRange(["v1", "v9"]);

        await RefusedAsync(options, "busybox", "latest", "busybox:latest is not available at this backend. Available are: tiny.");
        await RefusedAsync(options, "tiny", "v2", "not available in version v2 at this backend, only in: v1, v9");
        await RefusedAsync(options, "tiny", "v9", "its registry does not give");
        options.Docker.Pull = PullPolicy.Never;
        options.Images["tiny"].Reference = "nowhere/tiny";
        await RefusedAsync(options, "tiny", "v1", "its engine has no nowhere/tiny:v1");
    }

    [SandboxFact]
    public async Task A_registry_and_an_engine_that_do_not_answer_are_tried_again()
    {
        var registry = await TestRegistry.StartAsync();
        var options = Options(registry.Repository);
        await registry.DisposeAsync();
        var error = await Assert.ThrowsAsync<EngineUnavailableException>(() => PrepareAsync(options, "tiny", "v1"));
        Assert.Equal("the backend's container engine did not answer", PassingCause.Of(error)!.Text);

        options.Docker.Endpoint = new Uri("unix:///nowhere/docker.sock");
        await Assert.ThrowsAsync<EngineUnavailableException>(() => PrepareAsync(options, "tiny", "v1"));
        using var bench = SandboxBench.Docker(new Uri("unix:///nowhere/docker.sock"), "");
        Assert.Contains("Agent:Docker:Endpoint", await bench.Sandbox.CheckAsync(CancellationToken.None), StringComparison.Ordinal);
    }

    [SandboxFact]
    public async Task A_job_outlives_a_restart_of_the_engine_and_is_not_taken_for_lost_meanwhile()
    {
        using var bench = SandboxBench.Docker(engine);
        var directory = bench.Prepare();
        await bench.StartAsync(directory, SandboxBench.Usual, "/usr/bin/python3", "-u", "-c", "import os, time\nn = 0\nwhile not os.path.exists('stop'):\n print(n); n += 1; time.sleep(0.01)");
        await Wait.UntilAsync(() => bench.Sandbox.Probe(directory).State == ProcessState.Alive && File.Exists(directory.Log) && new FileInfo(directory.Log).Length > 50, "it prints");

        await engine.StopAsync();
        for (var look = 0; look < 20; look++)
        {
            Assert.Equal(ProcessState.Alive, bench.Sandbox.Probe(directory).State);
            await Task.Delay(50);
        }

        await engine.StartAsync();
        await File.WriteAllTextAsync(Path.Join(directory.Work, "stop"), "");
        Assert.Equal(0, (await bench.EndAsync(directory)).Code);
        var lines = (await File.ReadAllTextAsync(directory.Log)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, lines.Length).Select(n => $"{n}"), lines);
    }

    [SandboxFact]
    public async Task A_claim_without_a_container_is_lost_and_a_container_without_an_attempt_is_removed()
    {
        using var bench = SandboxBench.Docker(engine);
        var lost = bench.Prepare();
        Directory.CreateDirectory(lost.Claim);
        await Wait.UntilAsync(() => bench.Sandbox.Probe(lost).State == ProcessState.Lost, "it is lost");

        var left = bench.Prepare();
        await bench.StartAsync(left, SandboxBench.Usual, "/bin/sh", "-c", "sleep 600");
        Assert.Single(await ContainersAsync());
        Directory.Delete(left.Root, recursive: true);
        bench.Restart();
        Assert.Null(await bench.Sandbox.CheckAsync(CancellationToken.None));
        Assert.Empty(await ContainersAsync());
    }

    [SandboxFact]
    public async Task What_has_ended_leaves_no_container()
    {
        using var bench = SandboxBench.Docker(engine);

        await bench.ShellAsync("exit 3");

        await Wait.UntilAsync(() => ContainersAsync().GetAwaiter().GetResult().Count == 0, "the container goes");
    }

    public void Dispose() => _temp.Dispose();

    private async Task<IList<ContainerListResponse>> ContainersAsync()
    {
        using var client = engine.Client();
        return await client.Containers.ListContainersAsync(new ContainersListParameters { All = true });
    }

    private AgentOptions Options(string reference)
    {
        var options = new AgentOptions { StateDirectory = _temp.Path, Backend = "test", Executor = ExecutorKind.Docker };
        options.Docker.Endpoint = engine.Endpoint;
        options.Images["tiny"] = new JobServer.RunnerAgent.Execution.ImageOptions { Reference = reference };
        return options;
    }

    private async Task<ReadyImage> PrepareAsync(AgentOptions options, string name, string version)
    {
        var wrapped = Microsoft.Extensions.Options.Options.Create(options);
        using var calls = new ContainerEngine(wrapped, TimeProvider.System);
        return await new DockerImages(wrapped, calls, TimeProvider.System).PrepareAsync(name, version, _said.Add, CancellationToken.None);
    }

    private async Task RefusedAsync(AgentOptions options, string name, string version, string words)
    {
        var refused = await Assert.ThrowsAsync<AttemptFailedException>(() => PrepareAsync(options, name, version));
        Assert.Equal(FailureReason.ImageNotAvailable, refused.Reason);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }
}
