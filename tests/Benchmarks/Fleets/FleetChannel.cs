using System.Net.Sockets;
using Grpc.Net.Client;

namespace JobServer.Benchmarks.Fleets;

/// <summary>A connection with the settings of an agent's control connection, whose socket can be asked what it carried.</summary>
internal sealed class FleetChannel : IDisposable
{
    private Socket? _socket;

    public FleetChannel(Uri address) => Grpc = GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            EnableMultipleHttp2Connections = true,
            ConnectCallback = ConnectAsync,
        },
    });

    public GrpcChannel Grpc { get; }

    /// <summary>Of the newest connection; nothing before there is one.</summary>
    public TcpCount Count => _socket is { } socket ? TcpCount.Of(socket) : default;

    public void Dispose() => Grpc.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _socket = socket;
        return new NetworkStream(socket, ownsSocket: true);
    }
}
