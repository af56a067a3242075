using System.Diagnostics;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using Microsoft.Extensions.Options;
using JobServer.RunnerAgent.Tests.Execution.Conformance;

namespace JobServer.RunnerAgent.Tests.Execution;

public sealed class SandboxSupervisionTests : IDisposable
{
    private readonly SandboxBench _bench = SandboxBench.Bubblewrap();

    [BubblewrapFact]
    public async Task A_sandbox_is_found_again_by_another_agent_process()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(directory, SandboxBench.Usual, "/bin/sh", "-c", "while [ ! -e go ]; do sleep 0.05; done; exit 7");
        await RunningAsync(directory);

        var restarted = new BubblewrapSandbox(Options.Create(_bench.Options), TimeProvider.System);
        Assert.Equal(ProcessState.Alive, restarted.Probe(directory).State);
        Assert.False(restarted.GiveUp(directory));

        await File.WriteAllTextAsync(Path.Join(directory.Work, "go"), "");
        Assert.Equal(7, (await _bench.EndAsync(directory)).Code);
    }

    [BubblewrapFact]
    public async Task A_sandbox_has_no_living_tie_to_the_process_that_started_it()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(directory, SandboxBench.Usual, "/bin/sh", "-c", "while [ ! -e go ]; do sleep 0.05; done");
        await RunningAsync(directory);

        var supervisor = SupervisorFiles.LivingSupervisor(directory)!.Value;
        var stat = File.ReadAllText($"/proc/{supervisor}/stat").Split(") ")[1].Split(' ');
        Assert.NotEqual(Environment.ProcessId.ToString(), stat[1]);
        Assert.NotEqual(File.ReadAllText("/proc/self/stat").Split(") ")[1].Split(' ')[3], stat[3]);
        Assert.Equal("PATH=/usr/bin:/bin", File.ReadAllText($"/proc/{supervisor}/environ").TrimEnd('\0'));

        await File.WriteAllTextAsync(Path.Join(directory.Work, "go"), "");
        Assert.Equal(0, (await _bench.EndAsync(directory)).Code);
    }

    [BubblewrapFact]
    public async Task A_soft_stop_lets_the_program_put_its_things_in_order()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(directory, SandboxBench.Usual, "/bin/sh", "-c", "trap 'echo in order; exit 9' TERM; touch up; while :; do sleep 0.05; done");
        await Wait.UntilAsync(() => File.Exists(Path.Join(directory.Work, "up")), "the program is up");

        Assert.True(_bench.Sandbox.Stop(directory, force: false));

        Assert.Equal(9, (await _bench.EndAsync(directory)).Code);
        Assert.Contains("in order", await File.ReadAllTextAsync(directory.Log), StringComparison.Ordinal);
    }

    [BubblewrapFact]
    public async Task A_forced_stop_leaves_no_process_behind()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(directory, SandboxBench.Usual, "/bin/sh", "-c", "trap '' TERM; (trap '' TERM; sleep 61.5) & touch up; sleep 61.5");
        await Wait.UntilAsync(() => File.Exists(Path.Join(directory.Work, "up")), "the program is up");
        var processes = ProcessTable.Descendants(SupervisorFiles.LivingSupervisor(directory)!.Value);

        Assert.True(_bench.Sandbox.Stop(directory, force: true));

        Assert.Equal(137, (await _bench.EndAsync(directory)).Code);
        await Wait.UntilAsync(() => processes.All(process => !IsSleep(process)), "all processes are gone");
    }

    [BubblewrapFact]
    public async Task A_sandbox_whose_supervisor_was_killed_is_lost_and_leaves_nothing_running()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(directory, SandboxBench.Usual, "/bin/sh", "-c", "touch up; sleep 61.7");
        await Wait.UntilAsync(() => File.Exists(Path.Join(directory.Work, "up")), "the program is up");
        var supervisor = SupervisorFiles.LivingSupervisor(directory)!.Value;
        var processes = ProcessTable.Descendants(supervisor);

        Process.GetProcessById(supervisor).Kill();

        await Wait.UntilAsync(() => _bench.Sandbox.Probe(directory).State == ProcessState.Lost, "the loss is seen");
        await Wait.UntilAsync(() => processes.All(process => !IsSleep(process)), "all processes are gone");
    }

    [BubblewrapFact]
    public async Task A_process_number_that_was_used_again_is_not_taken_for_the_supervisor()
    {
        var directory = _bench.Prepare();
        Directory.CreateDirectory(directory.Claim);
        var boot = ProcessTable.BootId();
        await File.WriteAllTextAsync(directory.Supervisor, $"{Environment.ProcessId} 1 {boot}\n");
        Assert.Equal(ProcessState.Lost, _bench.Sandbox.Probe(directory).State);

        var start = File.ReadAllText("/proc/self/stat").Split(") ")[1].Split(' ')[19];
        await File.WriteAllTextAsync(directory.Supervisor, $"{Environment.ProcessId} {start} {boot}\n");
        Assert.Equal(ProcessState.Alive, _bench.Sandbox.Probe(directory).State);

        await File.WriteAllTextAsync(directory.Supervisor, $"{Environment.ProcessId} {start} another-boot\n");
        Assert.Equal(ProcessState.Lost, _bench.Sandbox.Probe(directory).State);
    }

    [BubblewrapFact]
    public async Task A_sandbox_that_was_given_up_never_starts()
    {
        var directory = _bench.Prepare();
        Assert.Equal(ProcessState.NotStarted, _bench.Sandbox.Probe(directory).State);
        Assert.True(_bench.Sandbox.GiveUp(directory));

        await _bench.StartAsync(directory, SandboxBench.Usual, "/bin/sh", "-c", "touch ran");

        await Wait.UntilAsync(() => File.Exists(Path.Join(directory.Run, "supervisor.log")), "the supervisor has looked");
        await Wait.UntilAsync(() => File.ReadAllText(Path.Join(directory.Run, "supervisor.log")).Contains("claim", StringComparison.Ordinal), "it saw the claim");
        Assert.Equal(ProcessState.Lost, _bench.Sandbox.Probe(directory).State);
        Assert.False(File.Exists(Path.Join(directory.Work, "ran")));
    }

    private async Task RunningAsync(AttemptDirectory directory) =>
        await Wait.UntilAsync(() => SupervisorFiles.FirstProcess(directory) is not null, "the sandbox is up");

    private static bool IsSleep(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Contains("sleep", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose() => _bench.Dispose();
}
