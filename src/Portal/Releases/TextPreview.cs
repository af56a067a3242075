using System.Text;
using System.Text.Json;

namespace JobServer.Portal.Releases;

/// <summary>The beginning of a text file.</summary>
/// <param name="Text">At most <see cref="MaxChars"/> characters.</param>
/// <param name="More">The file goes on.</param>
internal sealed record TextPreview(string Text, bool More)
{
    /// <summary>The page comes quickly over a slow line too.</summary>
    public const int MaxChars = 50_000;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Bytes that are not UTF-8 show as replacement characters.</summary>
    public static async Task<TextPreview> ReadAsync(Stream content, FileKind kind, CancellationToken cancellation)
    {
        using var reader = new StreamReader(content, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var buffer = new char[MaxChars + 1];
        var length = await reader.ReadBlockAsync(buffer.AsMemory(), cancellation);
        var text = new string(buffer, 0, Math.Min(length, MaxChars));
        var more = length > MaxChars;
        return new TextPreview(kind is FileKind.Json && !more ? Pretty(text) : text, more);
    }

    /// <summary>Indented, or as it is when it is no JSON. Razor encodes it afterwards.</summary>
    private static string Pretty(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return JsonSerializer.Serialize(document.RootElement, Indented);
        }
        catch (JsonException)
        {
            return json;
        }
    }
}
