using System.Diagnostics;
using System.Globalization;

namespace JobServer.Benchmarks.Servers;

/// <summary>A server in a process of its own, and what it uses.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string AnyPort = "http://127.0.0.1:0";
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>In bytes, as the kernel counts it.</summary>
    public long ResidentSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Returns when the server listens.</summary>
    public static async Task<ServerProcess> StartAsync(ServerKind kind, string folder, string listen = AnyPort)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "JobServer.Benchmarks"))
        {
            ArgumentList = { ServeCommand.Name, $"{kind}", folder, listen },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The {kind} server did not start.");
        return new ServerProcess(process, new Uri(address));
    }

    /// <summary>In bytes: what is reachable, after a full collection.</summary>
    public async Task<long> HeapAsync()
    {
        await _process.StandardInput.WriteLineAsync(ServeCommand.Heap);
        return long.Parse((await _process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As an operator stops it: everything that a shutdown does.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(StopLimit);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
