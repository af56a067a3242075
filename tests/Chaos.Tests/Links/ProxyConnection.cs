using System.Net;
using System.Net.Sockets;

namespace JobServer.Chaos.Tests.Links;

/// <summary>One connection through the proxy: two pumps that end together.</summary>
internal sealed class ProxyConnection(FaultProxy proxy, Socket agent) : IDisposable
{
    private const int BufferSize = 16 * 1024;

    private readonly Socket _coordinator = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public async Task RunAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            await _coordinator.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            agent.NoDelay = _coordinator.NoDelay = true;
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var pumps = new[]
            {
                PumpAsync(agent, _coordinator, fromAgent: true, ending.Token),
                PumpAsync(_coordinator, agent, fromAgent: false, ending.Token),
            };
            await await Task.WhenAny(pumps);
            Reset();
            await ending.CancelAsync();
            await Task.WhenAll(pumps);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever is still there sees the connection go.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose() => Reset();

    /// <summary>RST rather than FIN to both sides, as when a machine between them goes.</summary>
    public void Reset()
    {
        agent.Close(0);
        _coordinator.Close(0);
    }

    private async Task PumpAsync(Socket from, Socket to, bool fromAgent, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        while (await from.ReceiveAsync(buffer, SocketFlags.None, cancellationToken) is var count and > 0)
        {
            if (!await proxy.MayPassAsync(fromAgent, count, cancellationToken))
            {
                return;
            }

            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None, cancellationToken);
            }
        }
    }
}
