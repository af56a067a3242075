using Grpc.Core;
using Grpc.Net.Client;
using JobServer.Contracts.V1;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Coordination;

/// <summary>The one connection to the Coordinator.</summary>
internal sealed class CoordinatorChannel : IDisposable
{
    private readonly GrpcChannel _channel;

    public CoordinatorChannel(IOptions<CoordinationOptions> options)
    {
        var address = options.Value.Address;
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
        {
            throw new InvalidOperationException(
                $"Portal:Coordinator:Address '{address}' would carry the internal token in the clear. Use https, or a loopback address.");
        }

        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                KeepAlivePingDelay = TimeSpan.FromSeconds(20),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            },
            DisposeHttpClient = true,
        });
        Client = new PortalGateway.PortalGatewayClient(_channel);
        Metadata = new Metadata { { "authorization", $"Bearer {options.Value.InternalToken}" } };
    }

    public PortalGateway.PortalGatewayClient Client { get; }

    public Metadata Metadata { get; }

    public void Dispose() => _channel.Dispose();
}
