using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Tests.Execution.Conformance;

namespace JobServer.RunnerAgent.Tests.Execution;

public sealed class SandboxLimitTests : IDisposable
{
    private readonly SandboxBench _bench = SandboxBench.Bubblewrap();

    [BubblewrapFact]
    public async Task An_action_that_takes_too_much_memory_is_stopped()
    {
        var (exit, log) = await _bench.PythonAsync(
            "x = bytearray(400 * 1024 * 1024)\nprint('had it all')", SandboxBench.Usual with { Memory = 128 * 1024 * 1024 });

        Assert.NotEqual(0, exit.Code);
        Assert.DoesNotContain("had it all", log, StringComparison.Ordinal);
        if (File.Exists("/sys/fs/cgroup/memory/memory.limit_in_bytes") && Environment.UserName == "root")
            Assert.Equal(FailureReason.OutOfMemory, JobOutcome.Failure(exit, StopCause.None, SandboxBench.Usual)!.Reason);
    }

    [BubblewrapFact]
    public async Task Without_a_control_group_memory_is_limited_for_each_process()
    {
        _bench.Options.Sandbox.UseMemoryCgroup = false;

        var (exit, log) = await _bench.PythonAsync(
            "x = bytearray(400 * 1024 * 1024)\nprint('had it all')", SandboxBench.Usual with { Memory = 128 * 1024 * 1024 });

        Assert.Equal(1, exit.Code);
        Assert.Contains("MemoryError", log, StringComparison.Ordinal);
    }

    [BubblewrapFact]
    public async Task An_action_cannot_start_more_processes_than_its_limit()
    {
        var (exit, log) = await _bench.PythonAsync(
            """
            import os, time
            made = 0
            try:
                for _ in range(200):
                    if os.fork() == 0:
                        time.sleep(30); os._exit(0)
                    made += 1
            except OSError as error:
                print('refused after', made < 20, error)
            """,
            SandboxBench.Usual with { Processes = 10 });

        Assert.Equal(0, exit.Code);
        Assert.Contains("refused after True", log, StringComparison.Ordinal);
    }

    [BubblewrapFact]
    public async Task The_supervisor_ends_an_action_at_its_time_limit_without_an_agent()
    {
        var limits = SandboxBench.Usual with { Time = TimeSpan.FromSeconds(-5), StopGrace = TimeSpan.FromSeconds(1) };

        var (exit, _) = await _bench.ShellAsync("sleep 60", limits);

        Assert.True(exit.TimedOut);
        Assert.Equal(FailureReason.TimedOut, JobOutcome.Failure(exit, StopCause.None, limits)!.Reason);
    }

    [BubblewrapFact]
    public async Task An_action_that_burns_processor_time_is_stopped()
    {
        var limits = SandboxBench.Usual with { ProcessorTime = TimeSpan.FromSeconds(1) };

        var (exit, _) = await _bench.PythonAsync("while True: pass", limits);

        Assert.NotEqual(0, exit.Code);
    }

    [BubblewrapFact]
    public async Task A_file_cannot_grow_beyond_its_limit()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(directory, SandboxBench.Usual with { FileSize = 1024 * 1024 }, "/bin/sh", "-c", "head -c 3000000 /dev/zero > big");

        var exit = await _bench.EndAsync(directory);

        Assert.NotEqual(0, exit.Code);
        Assert.True(new FileInfo(Path.Join(directory.Work, "big")).Length <= 1024 * 1024);
    }

    [BubblewrapFact]
    public async Task The_exit_code_of_the_program_is_told()
    {
        Assert.Equal(0, (await _bench.ShellAsync("exit 0")).Exit.Code);
        Assert.Equal(3, (await _bench.ShellAsync("exit 3")).Exit.Code);
        Assert.Equal(124, (await _bench.ShellAsync("exit 124")).Exit.Code);
        Assert.False((await _bench.ShellAsync("exit 124")).Exit.TimedOut);
    }

    [BubblewrapFact]
    public async Task The_signal_that_ended_the_program_is_told()
    {
        var (exit, _) = await _bench.ShellAsync("kill -TERM $$");

        Assert.Equal(128 + 15, exit.Code);
    }

    [BubblewrapFact]
    public async Task What_the_program_prints_is_kept_up_to_a_limit()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(
            directory,
            SandboxBench.Usual with { LogSize = 4096 },
            "/bin/sh", "-c", "echo to out; echo to err >&2; head -c 100000 /dev/zero | tr '\\0' x; exit 5");

        var exit = await _bench.EndAsync(directory);

        Assert.Equal(5, exit.Code);
        var log = await File.ReadAllTextAsync(directory.Log);
        Assert.StartsWith("to out\nto err\n", log, StringComparison.Ordinal);
        Assert.Equal(4096, log.Length);
        Assert.Equal("95918", (await File.ReadAllTextAsync(directory.LogCut)).Trim());
    }

    public void Dispose() => _bench.Dispose();
}
