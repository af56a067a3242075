using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace JobServer.Benchmarks.Fleets;

/// <summary>What the kernel has counted on a connection, both ways.</summary>
/// <param name="Bytes">Of the stream.</param>
/// <param name="Segments">Packets, bare acknowledgements too.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TcpCount(long Bytes, long Segments)
{
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;

    /// <summary>IPv4 and TCP with time stamps, in bytes.</summary>
    private const int HeaderSize = 20 + 20 + 12;

    public long WireBytes => Bytes + (Segments * HeaderSize);

    public static TcpCount operator +(TcpCount one, TcpCount other) => new(one.Bytes + other.Bytes, one.Segments + other.Segments);

    public static TcpCount operator -(TcpCount one, TcpCount other) => new(one.Bytes - other.Bytes, one.Segments - other.Segments);

    /// <summary>Offsets as in struct tcp_info of linux/tcp.h: bytes_acked, bytes_received, segs_out, segs_in.</summary>
    public static TcpCount Of(Socket socket)
    {
        Span<byte> info = stackalloc byte[232];
        socket.GetRawSocketOption(TcpLevel, TcpInfo, info);
        return new TcpCount(
            BinaryPrimitives.ReadInt64LittleEndian(info[120..]) + BinaryPrimitives.ReadInt64LittleEndian(info[128..]),
            BinaryPrimitives.ReadUInt32LittleEndian(info[136..]) + (long)BinaryPrimitives.ReadUInt32LittleEndian(info[140..]));
    }
}
