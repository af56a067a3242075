using System.Net;
using System.Net.Sockets;

namespace JobServer.AllInOne;

/// <summary>A free port must be known before the hosts start, because links in messages name it.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
