using System.Diagnostics;
using System.Text;

namespace JobServer.EndToEnd.Tests;

/// <summary>A program of ours as a process of its own, whose output can be waited for.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    public ServiceProcess(
        IEnumerable<string> arguments, string name = "JobServer.AllInOne", IReadOnlyDictionary<string, string>? environment = null)
    {
        // What AllInOne needs is all that any program of ours needs; the folder of the tests has no other list of it.
        var whole = Path.Combine(AppContext.BaseDirectory, "JobServer.AllInOne");
        var program = Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", $"{whole}.runtimeconfig.json", "--depsfile", $"{whole}.deps.json", program, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>())
        {
            _process.StartInfo.Environment[variable] = value;
        }

        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public async Task SaysAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"It ended before it said '{text}':\n{Output}");
            Assert.False(deadline.IsCancellationRequested, $"It did not say '{text}':\n{Output}");
            await Task.Delay(20);
        }
    }

    /// <summary>SIGKILL to this one process; what it started lives on.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public async Task<int> ExitAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Note(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
