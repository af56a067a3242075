using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Tests.Execution;

/// <summary>Runs small programs in real sandboxes.</summary>
internal sealed class SandboxBench : IDisposable
{
    private readonly TempDirectory _temp = new();
    private int _count;

    public SandboxBench()
    {
        Options = new AgentOptions { StateDirectory = _temp.Path, Backend = "test", Token = "secret-token" };
        Sandbox = new BubblewrapSandbox(Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System);
    }

    public AgentOptions Options { get; }

    public BubblewrapSandbox Sandbox { get; }

    public string StatePath => _temp.Path;

    public AttemptDirectory Prepare()
    {
        var directory = new AttemptDirectory(_temp.Sub($"attempts/job{++_count}-1"));
        Directory.CreateDirectory(directory.Work);
        Sandbox.Hand(directory);
        return directory;
    }

    public void Start(AttemptDirectory directory, SandboxLimits limits, params string[] command) => Sandbox.Start(new SandboxRequest
    {
        Directory = directory,
        Command = command,
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["HOME"] = "/tmp", ["JOBSERVER_BACKEND"] = "test" },
        Tools = new Dictionary<string, string> { ["python"] = "/usr/bin/python3" },
        Limits = limits,
    });

    public async Task<SandboxExit> EndAsync(AttemptDirectory directory)
    {
        await Wait.UntilAsync(() => Sandbox.Probe(directory).State is not (ProcessState.Alive or ProcessState.NotStarted), "the sandbox ends");
        var probe = Sandbox.Probe(directory);
        Assert.True(probe.Exit is not null, $"{probe.State}; {File.ReadAllText(Path.Join(directory.Run, "supervisor.log"))}");
        return probe.Exit;
    }

    public async Task<(SandboxExit Exit, string Log)> RunAsync(SandboxLimits limits, params string[] command)
    {
        var directory = Prepare();
        Start(directory, limits, command);
        var exit = await EndAsync(directory);
        return (exit, await File.ReadAllTextAsync(directory.Log));
    }

    public Task<(SandboxExit Exit, string Log)> ShellAsync(string script, SandboxLimits? limits = null) =>
        RunAsync(limits ?? Usual, "/bin/sh", "-c", script);

    public Task<(SandboxExit Exit, string Log)> PythonAsync(string script, SandboxLimits? limits = null) =>
        RunAsync(limits ?? Usual, "/usr/bin/python3", "-c", script);

    public static SandboxLimits Usual { get; } = new()
    {
        Time = TimeSpan.FromSeconds(60),
        ProcessorTime = TimeSpan.FromSeconds(60),
        Memory = 512 * 1024 * 1024,
        Processes = 64,
        FileSize = 64 * 1024 * 1024,
        LogSize = 1024 * 1024,
        StopGrace = TimeSpan.FromSeconds(2),
    };

    public void Dispose() => _temp.Dispose();
}
