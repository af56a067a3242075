using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Execution.Containers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Tests.Execution.Conformance;

/// <summary>Runs small programs in real sandboxes.</summary>
internal sealed class SandboxBench : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly ReadyImage _image;
    private readonly Func<AgentOptions, ISandbox> _make;
    private int _count;

    private SandboxBench(ReadyImage image, Action<AgentOptions, string> set, Func<AgentOptions, ISandbox> make)
    {
        Options = new AgentOptions { StateDirectory = _temp.Path, Backend = "test", Token = "secret-token" };
        set(Options, _temp.Path);
        (_image, _make) = (image, make);
        Sandbox = make(Options);
    }

    public AgentOptions Options { get; }

    public ISandbox Sandbox { get; private set; }

    public string StatePath => _temp.Path;

    public static SandboxLimits Usual { get; } = new()
    {
        Time = TimeSpan.FromSeconds(60),
        ProcessorTime = TimeSpan.FromSeconds(60),
        Memory = 512 * 1024 * 1024,
        Processes = 64,
        FileSize = 64 * 1024 * 1024,
        LogSize = 16 * 1024 * 1024,
        StopGrace = TimeSpan.FromSeconds(2),
    };

    public static SandboxBench Bubblewrap() => new(
        new ReadyImage { Tools = new Dictionary<string, string> { ["python"] = "/usr/bin/python3" } },
        (_, _) => { },
        options => new BubblewrapSandbox(Microsoft.Extensions.Options.Options.Create(options), TimeProvider.System));

    public static SandboxBench Docker(DockerEngine engine) => Docker(engine.Endpoint, engine.Image);

    public static SandboxBench Docker(Uri endpoint, string image) => new(
        new ReadyImage { Identity = image },
        (options, _) => options.Docker.Endpoint = endpoint,
        options =>
        {
            var wrapped = Microsoft.Extensions.Options.Options.Create(options);
            return new DockerSandbox(wrapped, new ContainerEngine(wrapped, TimeProvider.System), TimeProvider.System, NullLogger<DockerSandbox>.Instance);
        });

    /// <summary>As after a restart of the agent: another one finds what is there.</summary>
    public void Restart()
    {
        (Sandbox as IDisposable)?.Dispose();
        Sandbox = _make(Options);
    }

    public AttemptDirectory Prepare()
    {
        var directory = new AttemptDirectory(_temp.Sub($"attempts/job{++_count}-1"));
        Directory.CreateDirectory(directory.Work);
        Sandbox.Hand(directory);
        return directory;
    }

    public Task StartAsync(AttemptDirectory directory, SandboxLimits limits, params string[] command)
    {
        Options.Limits.LogSize = limits.LogSize;
        return Sandbox.StartAsync(
            new SandboxRequest
            {
                Directory = directory,
                Image = _image,
                Arguments = command,
                Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["HOME"] = "/tmp", ["JOBSERVER_BACKEND"] = "test" },
                Limits = limits,
            },
            CancellationToken.None);
    }

    public async Task<SandboxExit> EndAsync(AttemptDirectory directory)
    {
        await Wait.UntilAsync(() => Sandbox.Probe(directory).State is not (ProcessState.Alive or ProcessState.NotStarted), "the sandbox ends");
        var probe = Sandbox.Probe(directory);
        var words = Path.Join(directory.Run, "supervisor.log");
        Assert.True(probe.Exit is not null, $"{probe.State}; {(File.Exists(words) ? File.ReadAllText(words) : "")}");
        return probe.Exit;
    }

    public async Task<(SandboxExit Exit, string Log)> RunAsync(SandboxLimits limits, params string[] command)
    {
        var directory = Prepare();
        await StartAsync(directory, limits, command);
        var exit = await EndAsync(directory);
        return (exit, await File.ReadAllTextAsync(directory.Log));
    }

    public Task<(SandboxExit Exit, string Log)> ShellAsync(string script, SandboxLimits? limits = null) =>
        RunAsync(limits ?? Usual, "/bin/sh", "-c", script);

    public Task<(SandboxExit Exit, string Log)> PythonAsync(string script, SandboxLimits? limits = null) =>
        RunAsync(limits ?? Usual, "/usr/bin/python3", "-c", script);

    public void Dispose()
    {
        (Sandbox as IDisposable)?.Dispose();
        _temp.Dispose();
    }
}
