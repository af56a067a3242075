using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Tests.Execution.Conformance;

namespace JobServer.RunnerAgent.Tests.Execution;

public sealed class SandboxLimitTests : IDisposable
{
    private readonly SandboxBench _bench = SandboxBench.Bubblewrap();

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
    public async Task The_supervisor_ends_an_action_at_its_time_limit_without_an_agent()
    {
        var limits = SandboxBench.Usual with { Time = TimeSpan.FromSeconds(-5), StopGrace = TimeSpan.FromSeconds(1) };

        var (exit, _) = await _bench.ShellAsync("sleep 60", limits);

        Assert.True(exit.TimedOut);
        Assert.Equal(FailureReason.TimedOut, JobOutcome.Failure(exit, StopCause.None, limits)!.Reason);
    }

    public void Dispose() => _bench.Dispose();
}
