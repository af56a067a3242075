using System.Diagnostics;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;

namespace JobServer.RunnerAgent.Tests.Execution.Conformance;

/// <summary>What every executor must do. A class for each executor runs all of it; a new executor is one more class.</summary>
public abstract class SandboxConformance : IAsyncLifetime
{
    private SandboxBench _bench = null!;

    [SandboxFact]
    public async Task The_exit_code_of_the_program_is_told()
    {
        Assert.Equal(0, (await _bench.ShellAsync("exit 0")).Exit.Code);
        Assert.Equal(3, (await _bench.ShellAsync("exit 3")).Exit.Code);
        var (exit, _) = await _bench.ShellAsync("exit 124");
        Assert.Equal((124, false, true), (exit.Code, exit.TimedOut, exit.ProgramRan));
        Assert.True(exit.StartedUnixMs > 0 && exit.EndedUnixMs >= exit.StartedUnixMs);
    }

    [SandboxFact]
    public async Task The_signal_that_ended_the_program_is_told() => Assert.Equal(128 + 15, (await _bench.PythonAsync("import os; os.kill(os.getpid(), 15)")).Exit.Code);

    [SandboxFact]
    public async Task A_program_that_is_not_there_fails_and_is_named()
    {
        var (exit, log) = await _bench.RunAsync(SandboxBench.Usual, "no-such-program", "x");

        Assert.NotEqual(0, exit.Code);
        Assert.Contains("no-such-program", log, StringComparison.Ordinal);
    }

    [SandboxFact]
    public async Task Words_reach_the_program_as_they_are()
    {
        string[] words = ["", " ", "a b", "$HOME", "`id`", "\"", "'", "*", "--", "-x", "é", "a\nb"];

        var (exit, log) = await _bench.RunAsync(SandboxBench.Usual, ["/usr/bin/python3", "-c", "import sys; print(sys.argv[1:])", .. words]);

        Assert.Equal(0, exit.Code);
        Assert.Equal("""['', ' ', 'a b', '$HOME', '`id`', '"', "'", '*', '--', '-x', 'é', 'a\nb']""", log.Trim());
    }

    [SandboxFact]
    public async Task A_log_of_a_hundred_thousand_lines_is_whole_and_in_order()
    {
        var (exit, log) = await _bench.PythonAsync("for n in range(100000): print(n)");

        Assert.Equal(0, exit.Code);
        Assert.Equal(string.Concat(Enumerable.Range(0, 100_000).Select(n => $"{n}\n")), log);
    }

    [SandboxFact]
    public async Task Any_bytes_are_kept_as_they_were_printed_also_without_an_end_of_line()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(directory, SandboxBench.Usual, "/usr/bin/python3", "-c", "import sys; sys.stdout.buffer.write(bytes(range(256)) * 100)");

        await _bench.EndAsync(directory);

        Assert.Equal(Enumerable.Repeat(Enumerable.Range(0, 256).Select(n => (byte)n), 100).SelectMany(bytes => bytes), await File.ReadAllBytesAsync(directory.Log));
    }

    [SandboxFact]
    public async Task What_the_program_prints_is_kept_up_to_a_limit_and_the_rest_is_counted()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(directory, SandboxBench.Usual with { LogSize = 4096 }, "/bin/sh", "-c", "head -c 100000 /dev/zero | tr '\\0' x; exit 5");

        Assert.Equal(5, (await _bench.EndAsync(directory)).Code);
        Assert.Equal(4096, new FileInfo(directory.Log).Length);
        Assert.Equal("95904", (await File.ReadAllTextAsync(directory.LogCut)).Trim());
    }

    [SandboxFact]
    public async Task Errors_and_output_are_in_one_log_while_it_runs()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(directory, SandboxBench.Usual, "/bin/sh", "-c", "echo to out; echo to err >&2; sleep 60");

        await Wait.UntilAsync(() => Probe(directory) && File.Exists(directory.Log) && File.ReadAllText(directory.Log).Contains("to err", StringComparison.Ordinal), "both lines");

        Assert.Contains("to out\n", await File.ReadAllTextAsync(directory.Log), StringComparison.Ordinal);
        await ForceAsync(directory);
    }

    [SandboxFact]
    public async Task Large_outputs_and_many_files_are_there_afterwards()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(
            directory, SandboxBench.Usual, "/bin/sh", "-c",
            "head -c 50000000 /dev/zero > big && mkdir many && cd many && i=0; while [ $i -lt 3000 ]; do echo $i > f$i.csv; i=$((i+1)); done");

        Assert.Equal(0, (await _bench.EndAsync(directory)).Code);
        Assert.Equal(50_000_000, new FileInfo(Path.Join(directory.Work, "big")).Length);
        Assert.Equal(3_000, Directory.EnumerateFiles(Path.Join(directory.Work, "many")).Count());
    }

    [SandboxFact]
    public async Task A_link_out_of_the_directory_leads_to_nothing_of_the_machine()
    {
        var secret = Path.Join(_bench.StatePath, "secret");
        await File.WriteAllTextAsync(secret, "of the machine");

        var (_, log) = await _bench.ShellAsync($"ln -s {secret} a; ln -s ../../.. b; ln -s /proc/1/root c; cat a b/secret c{secret} c/etc/shadow; ls b/");

        Assert.DoesNotContain("of the machine", log, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", log, StringComparison.Ordinal);
    }

    [SandboxFact]
    public async Task There_are_no_devices_but_the_harmless_ones_and_none_can_be_made()
    {
        var (_, log) = await _bench.PythonAsync(
            """
            import os, stat
            harmless = {'null', 'zero', 'full', 'random', 'urandom', 'tty', 'ptmx', 'console', 'core', 'fd', 'stdin', 'stdout', 'stderr', 'pts', 'shm', 'mqueue'}
            print('more:', sorted(set(os.listdir('/dev')) - harmless))
            for kind in (stat.S_IFBLK, stat.S_IFCHR):
                try: os.mknod('device', 0o666 | kind, os.makedev(8, 0)); print('made')
                except OSError as error: print('refused', error.errno)
            """);

        Assert.Contains("more: []", log, StringComparison.Ordinal);
        Assert.DoesNotContain("made", log, StringComparison.Ordinal);
    }

    [SandboxFact]
    public async Task A_fork_bomb_is_stopped_by_its_limit_and_leaves_nothing()
    {
        var (exit, log) = await _bench.PythonAsync(
            """
            import os, time
            made = 0
            try:
                for _ in range(500):
                    if os.fork() == 0:
                        time.sleep(300); os._exit(0)
                    made += 1
            except OSError as error:
                print('refused after', made < 40, error)
            """,
            SandboxBench.Usual with { Processes = 20 });

        Assert.Equal(0, exit.Code);
        Assert.Contains("refused after True", log, StringComparison.Ordinal);
        await NoneLeftAsync("time.sleep(300)");
    }

    [SandboxFact]
    public async Task Too_much_memory_ends_the_job_and_is_told_from_other_ends()
    {
        var (exit, log) = await _bench.PythonAsync("x = bytearray(400 * 1024 * 1024)\nprint('had it all')", SandboxBench.Usual with { Memory = 128 * 1024 * 1024 });

        Assert.DoesNotContain("had it all", log, StringComparison.Ordinal);
        Assert.Equal(FailureReason.OutOfMemory, JobOutcome.Failure(exit, StopCause.None, SandboxBench.Usual)!.Reason);
    }

    [SandboxFact]
    public async Task A_program_that_burns_processor_time_is_stopped() => Assert.NotEqual(
        0, (await _bench.PythonAsync("while True: pass", SandboxBench.Usual with { ProcessorTime = TimeSpan.FromSeconds(1) })).Exit.Code);

    [SandboxFact]
    public async Task A_file_cannot_grow_beyond_its_limit_and_neither_can_the_temporary_folder()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(directory, SandboxBench.Usual with { FileSize = 1024 * 1024 }, "/bin/sh", "-c", "head -c 3000000 /dev/zero > big");
        Assert.NotEqual(0, (await _bench.EndAsync(directory)).Code);
        Assert.True(new FileInfo(Path.Join(directory.Work, "big")).Length <= 1024 * 1024);

        var (_, log) = await _bench.PythonAsync("import os; s = os.statvfs('/tmp'); print(s.f_blocks * s.f_frsize)");
        Assert.Equal(1024L * 1024 * 1024, long.Parse(log));
    }

    [SandboxFact]
    public async Task The_clock_and_the_name_of_the_machine_cannot_be_set()
    {
        var (_, log) = await _bench.PythonAsync(
            """
            import time, socket
            for act in (lambda: time.clock_settime(time.CLOCK_REALTIME, 0), lambda: socket.sethostname('mine')):
                try: act(); print('done')
                except OSError as error: print('refused', error.errno)
            """);

        Assert.Equal("refused 1\nrefused 1\n", log);
    }

    [SandboxFact]
    public async Task The_environment_is_what_was_given_and_nothing_of_the_agents()
    {
        Environment.SetEnvironmentVariable("AGENT_SECRET_FOR_TEST", "do-not-tell");

        var (_, log) = await _bench.ShellAsync("env; cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n'; cat /proc/*/cmdline | tr '\\0' ' '");

        Assert.Contains("JOBSERVER_BACKEND=test", log, StringComparison.Ordinal);
        foreach (var word in new[] { "do-not-tell", "secret-token", "dotnet", "docker.sock" })
            Assert.DoesNotContain(word, log, StringComparison.Ordinal);
    }

    [SandboxFact]
    public async Task There_is_no_network_but_its_own_loopback()
    {
        var (exit, log) = await _bench.PythonAsync(
            """
            import socket
            print([line.split(':')[0].strip() for line in open('/proc/net/dev') if ':' in line])
            s = socket.socket(); s.settimeout(2)
            s.connect(('192.0.2.1', 80))
            """);

        Assert.NotEqual(0, exit.Code);
        Assert.Contains("['lo']", log, StringComparison.Ordinal);
        Assert.Contains("Network is unreachable", log, StringComparison.Ordinal);
    }

    [SandboxFact]
    public async Task Nothing_can_be_written_outside_its_directory()
    {
        foreach (var path in new[] { "/usr/x", "/etc/passwd", "/x", "/workspace/../x", "/proc/sys/kernel/hostname", "/sys/x" })
        {
            var (exit, log) = await _bench.ShellAsync($"echo x >> {path}");
            Assert.True(exit.Code != 0, $"{path} could be written: {log}");
        }

        var (own, words) = await _bench.ShellAsync("mkdir -p output && echo x > output/y && echo x > $HOME/z");
        Assert.True(own.Code == 0, words);
    }

    [SandboxFact]
    public async Task A_job_is_an_ordinary_user_without_capabilities_behind_a_filter()
    {
        var (_, log) = await _bench.ShellAsync("id -u; grep -E 'Cap(Prm|Eff|Bnd|Amb)|NoNewPrivs|Seccomp:' /proc/self/status");

        Assert.NotEqual("0", log.Split('\n')[0]);
        Assert.DoesNotMatch("Cap(Prm|Eff|Amb):\\s*0*[1-9a-f]", log);
        Assert.Matches("NoNewPrivs:\\s*1", log);
        Assert.Matches("Seccomp:\\s*2", log);
    }

    [SandboxFact]
    public async Task What_only_an_attacker_asks_of_the_kernel_is_refused()
    {
        var (exit, log) = await _bench.PythonAsync(
            """
            import ctypes, os
            libc = ctypes.CDLL(None, use_errno=True)
            NEWUSER = 0x10000000
            for name, number, *args in (
                ('mount', 165, b'none', b'/tmp', b'tmpfs', 0, None), ('umount', 166, b'/workspace', 0), ('pivot_root', 155, b'/tmp', b'/tmp'),
                ('unshare', 272, NEWUSER), ('setns', 308, 0, 0), ('keyctl', 250, 0, -3, 1), ('add_key', 248, b'user', b'x', b'y', 1, -3),
                ('bpf', 321, 0, None, 0), ('perf_event_open', 298, None, 0, -1, -1, 0), ('init_module', 175, None, 0, b''), ('kexec_load', 246, 0, 0, None, 0),
                ('reboot', 169, 0, 0, 0, None), ('swapon', 167, b'x', 0), ('userfaultfd', 323, 0),
                ('open_by_handle_at', 304, 0, None, 0), ('clone', 56, NEWUSER | 17, None, None, None, 0)):
                ctypes.set_errno(0)
                answer = libc.syscall(number, *[ctypes.c_long(a) if isinstance(a, int) else a for a in args])
                if answer == 0 and name == 'clone': os._exit(0)
                print(name, 'DONE' if answer >= 0 else ctypes.get_errno())
            """);

        Assert.Equal(0, exit.Code);
        Assert.All(log.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(" (1|38)$", line));
    }

    [SandboxFact]
    public async Task A_soft_stop_lets_the_program_put_its_things_in_order()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(directory, SandboxBench.Usual, "/usr/bin/python3", "-u", "-c", "import signal, sys, time\nsignal.signal(15, lambda *_: (print('in order'), sys.exit(7)))\nprint('ready')\ntime.sleep(300)");
        await Wait.UntilAsync(() => Probe(directory) && File.Exists(directory.Log) && File.ReadAllText(directory.Log).Contains("ready", StringComparison.Ordinal), "it is ready");

        await Wait.UntilAsync(() => _bench.Sandbox.Stop(directory, force: false), "it is told");

        Assert.Equal(7, (await _bench.EndAsync(directory)).Code);
        Assert.Contains("in order", await File.ReadAllTextAsync(directory.Log), StringComparison.Ordinal);
    }

    [SandboxFact]
    public async Task A_forced_stop_ends_what_does_not_listen_with_all_its_processes()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(directory, SandboxBench.Usual, "/bin/sh", "-c", "trap '' TERM; (trap '' TERM; setsid sleep 12345) & echo ready; sleep 12345; sleep 12345");
        await Wait.UntilAsync(() => Probe(directory) && File.Exists(directory.Log) && File.ReadAllText(directory.Log).Contains("ready", StringComparison.Ordinal), "it is ready");

        _bench.Sandbox.Stop(directory, force: false);
        await ForceAsync(directory);

        Assert.Equal(137, _bench.Sandbox.Probe(directory).Exit!.Code);
        await NoneLeftAsync("sleep 12345");
    }

    [SandboxFact]
    public async Task What_a_program_leaves_behind_ends_with_it_and_its_dead_children_are_buried()
    {
        var (exit, log) = await _bench.PythonAsync(
            """
            import os, time
            for _ in range(30):
                if os.fork() == 0:
                    if os.fork() == 0: os._exit(0)
                    os._exit(0)
                os.wait()
            if os.fork() == 0:
                os.setsid(); os.execvp('sleep', ['sleep', '54321'])
            time.sleep(0.3)
            states = [open(f'/proc/{p}/stat').read().rsplit(')', 1)[1].split()[0] for p in os.listdir('/proc') if p.isdigit()]
            print('zombies:', states.count('Z'))
            """);

        Assert.Equal(0, exit.Code);
        Assert.Contains("zombies: 0", log, StringComparison.Ordinal);
        await NoneLeftAsync("sleep 54321");
    }

    [SandboxFact]
    public async Task Another_agent_process_finds_it_again_and_its_log_goes_on_without_a_gap()
    {
        var directory = _bench.Prepare();
        await _bench.StartAsync(directory, SandboxBench.Usual, "/usr/bin/python3", "-u", "-c", "import os, time\nn = 0\nwhile not os.path.exists('stop'):\n print(n); n += 1; time.sleep(0.002)");
        await Wait.UntilAsync(() => Probe(directory) && File.Exists(directory.Log) && new FileInfo(directory.Log).Length > 100, "it prints");

        _bench.Restart();
        await Wait.UntilAsync(() => Probe(directory) && _bench.Sandbox.Probe(directory).StartedAt is not null, "it is found");
        var seen = new FileInfo(directory.Log).Length;
        await Wait.UntilAsync(() => Probe(directory) && new FileInfo(directory.Log).Length > seen + 100, "its log goes on");
        await File.WriteAllTextAsync(Path.Join(directory.Work, "stop"), "");

        Assert.Equal(0, (await _bench.EndAsync(directory)).Code);
        var lines = (await File.ReadAllTextAsync(directory.Log)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, lines.Length).Select(n => $"{n}"), lines);
    }

    [SandboxFact]
    public async Task One_that_was_given_up_never_starts()
    {
        var directory = _bench.Prepare();
        Directory.CreateDirectory(directory.Run);
        Assert.Equal(ProcessState.NotStarted, _bench.Sandbox.Probe(directory).State);
        Assert.True(_bench.Sandbox.GiveUp(directory));

        await _bench.StartAsync(directory, SandboxBench.Usual, "/bin/sh", "-c", "touch started");

        await Wait.UntilAsync(() => _bench.Sandbox.Probe(directory).State is ProcessState.Lost, "it is lost");
        Assert.False(File.Exists(Path.Join(directory.Work, "started")));
    }

    [SandboxFact]
    public async Task This_machine_can_make_it() => Assert.Null(await _bench.Sandbox.CheckAsync(CancellationToken.None));

    public Task InitializeAsync()
    {
        _bench = MakeBench();
        return Task.CompletedTask;
    }

    public Task DisposeAsync()
    {
        _bench.Dispose();
        return Task.CompletedTask;
    }

    private protected abstract SandboxBench MakeBench();

    /// <summary>True; a look is also what moves an executor on.</summary>
    private bool Probe(AttemptDirectory directory) => _bench.Sandbox.Probe(directory) is not null;

    private async Task ForceAsync(AttemptDirectory directory)
    {
        await Wait.UntilAsync(() => _bench.Sandbox.Stop(directory, force: true), "it is told");
        await _bench.EndAsync(directory);
    }

    private static Task NoneLeftAsync(string words) => Wait.UntilAsync(
        () => !Process.GetProcesses().Any(process => CommandLine(process.Id).Replace('\0', ' ').Contains(words, StringComparison.Ordinal)), $"no process '{words}' is left");

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
