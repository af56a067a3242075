using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace JobServer.Chaos.Tests.Links;

/// <summary>Passes TCP connections on from one loopback port to another, with the fault of the moment.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<ProxyConnection, bool> _open = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly int _target;
    private readonly Task _accepting;
    private LinkFault _fault = LinkFault.None;
    private long _passed;

    /// <param name="target">The port behind it; nobody needs to listen there yet.</param>
    public FaultProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public LinkFault Fault => Volatile.Read(ref _fault);

    public void Break(LinkFault fault)
    {
        Interlocked.Exchange(ref _passed, 0);
        Volatile.Write(ref _fault, fault);
        if (fault.Kind == LinkFaultKind.Cut)
        {
            CloseAll();
        }
    }

    public void Heal() => Break(LinkFault.None);

    /// <summary>Waits as the fault demands. False: the connection is to be reset.</summary>
    public async Task<bool> MayPassAsync(bool fromAgent, int count, CancellationToken cancellationToken)
    {
        while (Fault.Blocks(fromAgent))
        {
            await Task.Delay(20, cancellationToken);
        }

        var fault = Fault;
        var wait = fault.Kind switch
        {
            LinkFaultKind.Delay => fault.Delay,
            LinkFaultKind.Throttle => TimeSpan.FromSeconds((double)count / fault.BytesPerSecond),
            _ => TimeSpan.Zero,
        };

        // In slices, so that a link that is healed is quick again.
        for (var left = wait; left > TimeSpan.Zero && ReferenceEquals(fault, Fault); left -= Slice)
        {
            await Task.Delay(left < Slice ? left : Slice, cancellationToken);
        }

        return fault.Kind != LinkFaultKind.Cut
            && (fault.Kind != LinkFaultKind.ResetAfter || Interlocked.Add(ref _passed, count) <= fault.ResetAfter);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        CloseAll();
        await _accepting;
        _ending.Dispose();
    }

    private static TimeSpan Slice { get; } = TimeSpan.FromMilliseconds(50);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var agent = await _listener.AcceptSocketAsync(_ending.Token);
                if (Fault.Kind == LinkFaultKind.Cut)
                {
                    agent.Close(0);
                    continue;
                }

                var connection = new ProxyConnection(this, agent);
                _open[connection] = true;
                _ = RunAsync(connection);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task RunAsync(ProxyConnection connection)
    {
        await connection.RunAsync(_target, _ending.Token);
        _open.TryRemove(connection, out _);
    }

    private void CloseAll()
    {
        foreach (var connection in _open.Keys)
        {
            connection.Reset();
        }
    }
}
