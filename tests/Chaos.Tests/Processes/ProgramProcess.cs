using System.Diagnostics;
using JobServer.RunnerAgent.Execution;

namespace JobServer.Chaos.Tests.Processes;

/// <summary>A program of the product as a process of its own that is started again and again; its log goes to one file.</summary>
internal sealed class ProgramProcess(string name, string assembly, string log, IReadOnlyList<string> arguments) : IDisposable
{
    private const int Stop = 19;
    private const int Continue = 18;

    private readonly Lock _lock = new();
    private Process? _process;
    private bool _isMeantToRun;

    public string Name { get; } = name;

    public string Log { get; } = log;

    /// <summary>In bytes; it grows once the program has come up.</summary>
    public long LogLength => File.Exists(Log) ? new FileInfo(Log).Length : 0;

    /// <summary>No fault has hold of it now.</summary>
    public bool IsFree { get; set; } = true;

    /// <summary>Its status where it ended although nobody killed it; null otherwise.</summary>
    public int? EndedByItself
    {
        get
        {
            lock (_lock)
            {
                return _isMeantToRun && _process is { HasExited: true } ended ? ended.ExitCode : null;
            }
        }
    }

    public void Start()
    {
        // The shell becomes the program: the number of the process stays, and its output outlives whoever reads it.
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        var tests = Path.ChangeExtension(typeof(ProgramProcess).Assembly.Location, null);
        foreach (var word in (string[])["-c", "exec \"$@\" >>\"$CHAOS_LOG\" 2>&1 </dev/null", "sh", "dotnet", "exec"])
        {
            start.ArgumentList.Add(word);
        }

        foreach (var word in (string[])["--runtimeconfig", $"{tests}.runtimeconfig.json", "--depsfile", $"{tests}.deps.json", assembly, .. arguments])
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["CHAOS_LOG"] = Log;
        lock (_lock)
        {
            _process?.Dispose();
            _process = Process.Start(start)!;
            _isMeantToRun = true;
        }
    }

    /// <summary>SIGKILL to this one process; what it started lives on.</summary>
    public void Kill()
    {
        lock (_lock)
        {
            _isMeantToRun = false;
            if (_process is { HasExited: false } running)
            {
                running.Kill();
                running.WaitForExit();
            }
        }
    }

    public void Freeze() => Signal(Stop);

    public void Thaw() => Signal(Continue);

    public void Dispose()
    {
        Kill();
        _process?.Dispose();
    }

    private void Signal(int signal)
    {
        lock (_lock)
        {
            if (_process is { HasExited: false } running)
            {
                Posix.Signal(running.Id, signal);
            }
        }
    }
}
