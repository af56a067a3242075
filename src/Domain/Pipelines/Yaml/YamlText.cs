using System.Text;

namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>From the bytes of a file to its text (rules Y07 and Y09).</summary>
internal static class YamlText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null, with the problem added, when the bytes are not text.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, ProblemList problems)
    {
        if (bytes.Length > YamlLimits.MaxBytes)
        {
            problems.Error(
                "Y09", 1, 1,
                $"The file is larger than {YamlLimits.MaxBytes / (1024 * 1024)} MiB.",
                "A project.yaml only names actions; keep data in files of its own.");
            return null;
        }

        var (encoding, start) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ((Encoding)Utf8, 3),
            [0xFF, 0xFE, ..] => (new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true), 2),
            [0xFE, 0xFF, ..] => (new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true), 2),
            _ => (Utf8, 0),
        };
        string text;
        try
        {
            text = encoding.GetString(bytes[start..]);
        }
        catch (DecoderFallbackException e)
        {
            var before = Encoding.Latin1.GetString(bytes.Slice(start, Math.Clamp(e.Index, 0, bytes.Length - start)));
            var (line, column) = PositionOf(before, before.Length);
            problems.Error(
                "Y07", line, column,
                $"The file is not valid {(encoding is UTF8Encoding ? "UTF-8" : "UTF-16")} text.",
                "Save it again in your editor with the encoding UTF-8.");
            return null;
        }

        return FindUnprintable(text) is { } at && Refuse(text, at, problems) ? null : text;
    }

    private static bool Refuse(string text, int at, ProblemList problems)
    {
        var (line, column) = PositionOf(text, at);
        problems.Error(
            "Y07", line, column,
            $"There is a control character (U+{(int)text[at]:X4}) in the file.",
            "Remove it; it may be invisible in your editor, so delete and retype the characters around it.");
        return true;
    }

    private static int? FindUnprintable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is (>= ' ' and <= '~') or '\n' or '\r' or '\t' or '\u0085' or (>= '\u00A0' and <= '\uFFFD')) continue;
            return i;
        }

        return null;
    }

    private static (int Line, int Column) PositionOf(string text, int index)
    {
        var before = text.AsSpan(0, index);
        var line = before.Count('\n') + before.Count('\r') - before.Count("\r\n") + 1;
        return (line, index - before.LastIndexOfAny('\r', '\n'));
    }
}
