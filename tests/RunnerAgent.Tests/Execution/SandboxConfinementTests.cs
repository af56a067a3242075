using System.Runtime.InteropServices;
using JobServer.RunnerAgent.Tests.Execution.Conformance;

namespace JobServer.RunnerAgent.Tests.Execution;

public sealed class SandboxConfinementTests : IDisposable
{
    private readonly SandboxBench _bench = SandboxBench.Bubblewrap();

    [BubblewrapFact]
    public async Task What_the_starter_of_the_agent_left_open_does_not_reach_an_action()
    {
        // A descriptor that dup made is inherited by every program started from here.
        var left = Duplicate(1);
        try
        {
            var (_, log) = await _bench.ShellAsync("ls /proc/self/fd");

            // Its own three, and the one with which ls reads the directory.
            Assert.Equal("0 1 2 3", string.Join(' ', log.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        }
        finally
        {
            _ = Close(left);
        }
    }

    [BubblewrapFact]
    public async Task An_action_may_open_its_own_output_again_by_name()
    {
        var (exit, log) = await _bench.ShellAsync("echo to-errors > /dev/stderr && echo to-output > /dev/stdout");

        Assert.True(exit.Code == 0, log);
        Assert.Contains("to-errors", log, StringComparison.Ordinal);
    }

    [BubblewrapFact]
    public async Task An_action_cannot_read_another_workspace_or_the_agents_state()
    {
        var other = _bench.Prepare();
        await File.WriteAllTextAsync(Path.Join(other.Work, "secret.csv"), "patient_id\n1\n");
        await File.WriteAllTextAsync(Path.Join(_bench.StatePath, "journal"), "journal of the agent");

        var (exit, log) = await _bench.ShellAsync(
            $"cat {other.Work}/secret.csv; cat {_bench.StatePath}/journal; ls {_bench.StatePath}; find / -name secret.csv 2>/dev/null; exit 0");

        Assert.Equal(0, exit.Code);
        Assert.DoesNotContain("patient_id", log, StringComparison.Ordinal);
        Assert.DoesNotContain("journal of the agent", log, StringComparison.Ordinal);
        Assert.DoesNotContain("/secret.csv\n", log.Replace($"{other.Work}/secret.csv", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [BubblewrapFact]
    public async Task An_action_cannot_read_secrets_of_the_machine()
    {
        var (_, log) = await _bench.ShellAsync("cat /etc/shadow; ls /root /home /work /var /etc/ssl; cat /etc/passwd");

        Assert.DoesNotContain("root:", log, StringComparison.Ordinal);
        Assert.Contains("study:x:", log, StringComparison.Ordinal);
        Assert.Equal(6, log.Split("No such file").Length - 1);
    }

    [BubblewrapFact]
    public async Task An_action_cannot_look_into_other_processes_not_even_its_own()
    {
        var (_, log) = await _bench.PythonAsync(
            """
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            for number, *args in ((101, 16, 1, None, None), (310, 1, None, 0, None, 0, 0), (101, 0, 0, None, None)):
                print(libc.syscall(number, *args), ctypes.get_errno())
            """);

        Assert.Equal("-1 1\n-1 1\n-1 1\n", log);
    }

    public void Dispose() => _bench.Dispose();

    [DllImport("libc", EntryPoint = "dup")]
    private static extern int Duplicate(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
