using System.Net;
using System.Net.Sockets;

namespace JobServer.Benchmarks.Transfers;

/// <summary>Passes connections on, counts what goes to the server, and cuts all of them where it is told.</summary>
internal sealed class CutProxy : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly Lock _lock = new();
    private readonly List<Socket> _open = [];
    private readonly Task _accepting;
    private long _sent;
    private long _cutAt = long.MaxValue;

    public CutProxy(Uri server)
    {
        _server = new IPEndPoint(IPAddress.Loopback, server.Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>Bytes that went to the server since the last <see cref="Begin"/>.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Counts from zero, and cuts once, after that many bytes.</summary>
    public void Begin(long cutAt = long.MaxValue)
    {
        Interlocked.Exchange(ref _sent, 0);
        Interlocked.Exchange(ref _cutAt, cutAt);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                lock (_lock)
                {
                    _open.AddRange([client, server]);
                }

                await server.ConnectAsync(_server);
                client.NoDelay = server.NoDelay = true;
                _ = PassAsync(client, server, isToServer: true);
                _ = PassAsync(server, client, isToServer: false);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool isToServer)
    {
        var buffer = new byte[BufferSize];
        try
        {
            while (await from.ReceiveAsync(buffer) is var read and > 0)
            {
                for (var left = buffer.AsMemory(0, read); left.Length > 0;)
                {
                    left = left[await to.SendAsync(left)..];
                }

                if (isToServer && Interlocked.Add(ref _sent, read) >= Interlocked.Read(ref _cutAt))
                {
                    Interlocked.Exchange(ref _cutAt, long.MaxValue);
                    Cut();
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // One side is gone; so is the other in a moment.
        }

        from.Dispose();
        to.Dispose();
    }

    private void Cut()
    {
        lock (_lock)
        {
            foreach (var socket in _open)
            {
                try
                {
                    socket.LingerState = new LingerOption(enable: true, seconds: 0);
                }
                catch (Exception error) when (error is SocketException or ObjectDisposedException)
                {
                    // Closed before.
                }

                socket.Dispose();
            }

            _open.Clear();
        }
    }
}
