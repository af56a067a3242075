using System.Net.Sockets;
using JobServer.Portal.Access;

namespace JobServer.Portal.Limits;

/// <summary>Who asks, as far as limits go.</summary>
internal static class Caller
{
    private const int Ipv6Network = 8;

    /// <summary>Whoever is signed in counts as the same person wherever they are; a visitor as their network.</summary>
    public static string Of(HttpContext context) => context.Person() is { } person ? $"person {person.Id}" : NetworkOf(context);

    /// <summary>A household or server has a whole /64 of the newer addresses.</summary>
    public static string NetworkOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, Ipv6Network))
            : address.ToString();
    }
}
