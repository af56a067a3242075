using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace JobServer.Outputs.Disclosure.Reading;

/// <summary>A file as the rules see it: read once, when the first rule asks, and never more than fits into memory.</summary>
internal sealed class OutputContent(
    WorkspacePath path, long size, Func<Stream> open, DisclosureProfile profile, CheckSurroundings surroundings)
{
    /// <summary>In bytes. A site may allow larger files, but no rule reads them.</summary>
    public const int MaxRead = 64 * 1024 * 1024;

    private readonly Lazy<byte[]?> _bytes = new(() => Read(open, size, profile));
    private (Table? Table, string? Problem)? _tables;

    public WorkspacePath Path => path;

    public long Size => size;

    public DisclosureProfile Profile => profile;

    public CheckSurroundings Surroundings => surroundings;

    public ContentKind Kind => path.Extension switch
    {
        ".csv" or ".tsv" => ContentKind.Table,
        ".txt" or ".log" or ".md" or ".json" or ".yaml" or ".yml" => ContentKind.Text,
        ".html" or ".htm" => ContentKind.Html,
        ".svg" or ".svgz" => ContentKind.VectorPicture,
        ".png" or ".jpg" or ".jpeg" or ".gif" => ContentKind.RasterPicture,
        _ => ContentKind.Unknown,
    };

    /// <summary>Null for a file that is too large to be read.</summary>
    public byte[]? Bytes => _bytes.Value;

    /// <summary>Lower-case hexadecimal; null as the bytes are.</summary>
    public string? Digest => Bytes is { } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes)) : null;

    /// <summary>With what is not UTF-8 replaced; packed text unpacked. Null for a file that is too large, packed wrongly or to more than fits.</summary>
    public string? Text => field ??= Bytes is { } bytes ? Decode(bytes) : null;

    /// <summary>Null for what is no table, is empty or cannot be read as one.</summary>
    public Table? Table => Tables.Table;

    /// <summary>Why a table cannot be read; null when it can.</summary>
    public string? TableProblem => Tables.Problem;

    private (Table? Table, string? Problem) Tables => _tables ??= (Kind, Bytes) switch
    {
        (ContentKind.Table, { Length: > 0 } bytes) => TableReader.Read(bytes, path.Extension == ".tsv", profile.Limits.MaxCsvRows),
        _ => (null, null),
    };

    private static byte[]? Read(Func<Stream> open, long size, DisclosureProfile profile)
    {
        if (size > profile.Limits.MaxBytes || size > MaxRead)
            return null;

        using var stream = open();
        var bytes = new byte[size];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string? Decode(byte[] bytes)
    {
        try
        {
            using var packed = new MemoryStream(bytes, writable: false);
            using Stream plain = bytes is [0x1f, 0x8b, ..] ? new GZipStream(packed, CompressionMode.Decompress) : packed;
            using var reader = new StreamReader(plain, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            var text = new StringBuilder();
            var buffer = new char[64 * 1024];
            while (reader.Read(buffer) is var read and > 0)
            {
                // A few packed bytes can unpack to more than the machine has.
                if (text.Length + read > MaxRead)
                    return null;

                text.Append(buffer, 0, read);
            }

            return text.ToString();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
