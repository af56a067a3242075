using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace JobServer.Coordinator;

/// <summary>Kestrel's settings for long streams of small frames and bulk uploads side by side.</summary>
internal static class Listening
{
    /// <summary>In bytes: no peer can force larger buffers.</summary>
    public const int MaxMessageSize = 256 * 1024;

    /// <summary>In bytes: a list of the most files that a job may have, with their paths and reasons.</summary>
    public const int MaxManifestSize = 4 * 1024 * 1024;

    // After a restart all agents come at once. A connection that finds no place is dropped by the system without a word, and its
    // agent notices only when its wait for the Welcome ends. The system may allow less (net.core.somaxconn).
    private const int Backlog = 4096;

    private const int WindowSize = 4 * 1024 * 1024;
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);

    public static void AddListener(this WebApplicationBuilder builder)
    {
        var listen = builder.Configuration[$"{CoordinatorOptions.Section}:{nameof(CoordinatorOptions.Listen)}"] ?? new CoordinatorOptions().Listen;
        if (!Uri.TryCreate(listen, UriKind.Absolute, out var address))
        {
            throw new InvalidOperationException($"Coordinator:Listen '{listen}' is no address. Write one such as http://127.0.0.1:5081.");
        }

        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidOperationException($"Coordinator:Listen '{listen}' must begin with http:// or https://.");
        }

        var isPlain = address.Scheme == Uri.UriSchemeHttp;
        if (isPlain && !address.IsLoopback)
        {
            throw new InvalidOperationException(
                $"Coordinator:Listen '{listen}' would carry tokens in the clear. Use https, or a loopback address behind a TLS proxy.");
        }

        // A name would have to be looked up, and the wrong interface would be silent.
        if (!IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && !address.IsLoopback)
        {
            throw new InvalidOperationException(
                $"Coordinator:Listen '{listen}' names a host. Write the address of the interface, such as https://0.0.0.0:{address.Port} for all.");
        }

        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseSockets(sockets => sockets.Backlog = Backlog);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.KeepAlivePingDelay = PingDelay;
            kestrel.Limits.Http2.KeepAlivePingTimeout = PingTimeout;
            kestrel.Limits.Http2.InitialStreamWindowSize = WindowSize;
            kestrel.Limits.Http2.InitialConnectionWindowSize = WindowSize;
            kestrel.Listen(ip ?? IPAddress.Loopback, address.Port, endpoint =>
            {
                endpoint.Protocols = HttpProtocols.Http2;
                if (!isPlain)
                {
                    endpoint.UseHttps();
                }
            });
        });
    }
}
