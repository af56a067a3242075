using System.Buffers;
using System.Text;

namespace JobServer.Portal.Logs;

/// <summary>
/// What a study printed, as text that can do nothing to a page or its reader: no terminal sequences, no control
/// characters but line breaks and tabs, nothing that turns the direction of the text. The page encodes it afterwards.
/// </summary>
internal static class LogText
{
    private const char Escape = '\u001b';
    private const char Bell = '\a';

    /// <summary>In bytes; a sequence that is longer is none.</summary>
    private const int LongestSequence = 256;

    /// <summary>Bytes that are not UTF-8 show as replacement characters.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var shown = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            switch (c)
            {
                case Escape:
                    at += SequenceLength(text.AsSpan(at)) - 1;
                    break;
                case '\r':
                    shown.Append('\n');
                    if (at + 1 < text.Length && text[at + 1] == '\n')
                        at++;
                    break;
                case '\n' or '\t':
                    shown.Append(c);
                    break;
                default:
                    shown.Append(IsHarmful(c) ? '\ufffd' : c);
                    break;
            }
        }

        return shown.ToString();
    }

    /// <summary>
    /// Where the bytes can be parted without cutting a character, a line break or a terminal sequence in two, so that
    /// a log which is shown piece by piece reads as one that is shown whole.
    /// </summary>
    /// <param name="tail">The last bytes before the place; a few hundred are enough.</param>
    /// <returns>How many of them belong after the place.</returns>
    public static int Unfinished(ReadOnlySpan<byte> tail)
    {
        var escape = tail.LastIndexOf((byte)Escape);
        if (escape >= 0 && tail.Length - escape <= LongestSequence && !IsWhole(Encoding.Latin1.GetString(tail[escape..])))
            return tail.Length - escape;
        if (tail.EndsWith("\r"u8))
            return 1;

        for (var back = 1; back <= Math.Min(3, tail.Length); back++)
        {
            // Looks at the beginning of the last character only: what is wrong before it stays wrong.
            if ((tail[^back] & 0xC0) == 0x80)
                continue;
            return Rune.DecodeFromUtf8(tail[^back..], out _, out _) == OperationStatus.NeedMoreData ? back : 0;
        }

        return 0;
    }

    /// <summary>How many characters from the escape on are one sequence; 1 where they are none.</summary>
    private static int SequenceLength(ReadOnlySpan<char> text) => Measure(text) switch
    {
        > 0 and var length => length,
        _ => 1,
    };

    private static bool IsWhole(string text) => Measure(text) != 0;

    /// <returns>The length of the sequence at the beginning; 0 when it is not over yet, -1 when it is none.</returns>
    private static int Measure(ReadOnlySpan<char> text)
    {
        if (text.Length < 2)
            return 0;

        return text[1] switch
        {
            '[' => MeasureControl(text),
            ']' or 'P' or 'X' or '^' or '_' => MeasureString(text),
            >= ' ' and <= '/' => text.Length < 3 ? 0 : 3,
            >= '0' and <= '~' => 2,
            _ => -1,
        };
    }

    private static int MeasureControl(ReadOnlySpan<char> text)
    {
        for (var at = 2; at < Math.Min(text.Length, LongestSequence); at++)
        {
            if (text[at] is >= '@' and <= '~')
                return at + 1;
            if (text[at] is < ' ' or > '?')
                return -1;
        }

        return text.Length < LongestSequence ? 0 : -1;
    }

    private static int MeasureString(ReadOnlySpan<char> text)
    {
        for (var at = 2; at < Math.Min(text.Length, LongestSequence); at++)
        {
            if (text[at] == Bell)
                return at + 1;
            if (text[at] == '\\' && text[at - 1] == Escape)
                return at + 1;
            if (text[at] is '\n' or '\r')
                return -1;
        }

        return text.Length < LongestSequence ? 0 : -1;
    }

    private static bool IsHarmful(char c) => char.IsControl(c)
        || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff';
}
