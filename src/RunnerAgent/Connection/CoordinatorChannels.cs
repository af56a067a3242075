using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Connection;

/// <summary>
/// Two connections to the Coordinator: bulk data never delays a heartbeat. Neither is made before
/// it is needed.
/// </summary>
internal sealed class CoordinatorChannels(IOptions<AgentOptions> options) : IDisposable
{
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DataIdle = TimeSpan.FromMinutes(1);
    private const int MaxMessage = 256 * 1024;
    private const int MaxAssignment = 4 * 1024 * 1024;

    private readonly Lazy<GrpcChannel> _control = new(() =>
        Open(options.Value, Timeout.InfiniteTimeSpan, MaxAssignment));

    private readonly Lazy<GrpcChannel> _data = new(() => Open(options.Value, DataIdle, MaxMessage));

    public GrpcChannel Control => _control.Value;

    public GrpcChannel Data => _data.Value;

    public Metadata Metadata => new() { { "authorization", $"Bearer {options.Value.Token}" } };

    private static GrpcChannel Open(AgentOptions options, TimeSpan idle, int maxMessage) =>
        GrpcChannel.ForAddress(options.CoordinatorAddress!, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = maxMessage,
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler
            {
                KeepAlivePingDelay = PingDelay,
                KeepAlivePingTimeout = PingTimeout,
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
                PooledConnectionIdleTimeout = idle,
                EnableMultipleHttp2Connections = true,
                ConnectTimeout = ConnectTimeout,
            },
        });

    public void Dispose()
    {
        if (_control.IsValueCreated)
            Control.Dispose();
        if (_data.IsValueCreated)
            Data.Dispose();
    }
}
