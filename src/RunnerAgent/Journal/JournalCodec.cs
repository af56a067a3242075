using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;

namespace JobServer.RunnerAgent.Journal;

/// <summary>Records on disk: a mark, the length, a checksum, then JSON.</summary>
internal static class JournalCodec
{
    public const int HeaderSize = 12;

    private const uint Mark = 0x314A534A;
    private const int MaxRecord = 4 * 1024 * 1024;

    public static byte[] Encode(JournalEntry entry)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entry, JournalJson.Default.JournalEntry);
        var record = new byte[HeaderSize + json.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(record, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), json.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Crc32.HashToUInt32(json));
        json.CopyTo(record, HeaderSize);
        return record;
    }

    /// <summary>
    /// Reads all whole records. What follows the last one is a torn write and is to be cut off;
    /// but if a whole record follows the damage, the damage is no torn write and nothing may be cut.
    /// </summary>
    /// <param name="content">The whole file.</param>
    /// <param name="length">The length up to which the file is whole.</param>
    public static List<JournalEntry> Decode(ReadOnlySpan<byte> content, out int length)
    {
        var entries = new List<JournalEntry>();
        length = 0;
        while (TryRead(content[length..], out var entry, out var size))
        {
            entries.Add(entry!);
            length += size;
        }

        for (var at = length + 1; at < content.Length - HeaderSize; at++)
        {
            if (TryRead(content[at..], out _, out _))
                throw new JournalDamagedException(length);
        }

        return entries;
    }

    private static bool TryRead(ReadOnlySpan<byte> from, out JournalEntry? entry, out int size)
    {
        entry = null;
        size = 0;
        if (from.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(from) != Mark)
            return false;

        var length = BinaryPrimitives.ReadInt32LittleEndian(from[4..]);
        if (length is <= 0 or > MaxRecord || length > from.Length - HeaderSize)
            return false;

        var json = from.Slice(HeaderSize, length);
        if (Crc32.HashToUInt32(json) != BinaryPrimitives.ReadUInt32LittleEndian(from[8..]))
            return false;

        entry = JsonSerializer.Deserialize(json, JournalJson.Default.JournalEntry);
        size = HeaderSize + length;
        return entry is not null;
    }
}
