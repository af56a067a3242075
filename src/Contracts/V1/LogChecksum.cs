using System.Buffers.Binary;
using System.Numerics;

namespace JobServer.Contracts.V1;

/// <summary>The checksum of a <see cref="LogChunk"/>, for both ends.</summary>
public static class LogChecksum
{
    /// <summary>CRC-32C (Castagnoli).</summary>
    public static uint Of(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (var one in data)
            crc = BitOperations.Crc32C(crc, one);

        return ~crc;
    }
}
