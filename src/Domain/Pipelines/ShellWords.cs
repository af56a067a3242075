using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace JobServer.Domain.Pipelines;

/// <summary>Splits and joins words as a POSIX shell does, with nothing but quotes and backslashes being special.</summary>
public static class ShellWords
{
    private static readonly SearchValues<char> Safe =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@%+=:,./_-");

    /// <summary>The words of a line.</summary>
    /// <exception cref="FormatException">A quote is not closed, or the text ends in a backslash.</exception>
    public static IReadOnlyList<string> Split(string text) =>
        TrySplit(text, out var words, out var error) ? words : throw new FormatException(error);

    /// <summary>The words of a line, or what is wrong with it as the end of a sentence.</summary>
    public static bool TrySplit(
        string text,
        [NotNullWhen(true)] out IReadOnlyList<string>? words,
        [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        words = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case ' ' or '\t' or '\r' or '\n':
                    if (inWord) found.Add(word.ToString());
                    word.Clear();
                    inWord = false;
                    break;
                case '\\':
                    if (++i == text.Length) return Fail("ends in a backslash with nothing after it", out error);
                    word.Append(text[i]);
                    inWord = true;
                    break;
                case '\'':
                    var end = text.IndexOf('\'', i + 1);
                    if (end < 0) return Fail("has a single quote (') that is not closed", out error);
                    word.Append(text, i + 1, end - i - 1);
                    i = end;
                    inWord = true;
                    break;
                case '"':
                    i = DoubleQuoted(text, i + 1, word);
                    if (i < 0) return Fail("has a double quote (\") that is not closed", out error);
                    inWord = true;
                    break;
                default:
                    word.Append(c);
                    inWord = true;
                    break;
            }
        }

        if (inWord) found.Add(word.ToString());
        words = found;
        error = null;
        return true;
    }

    /// <summary>The words as one line that splits into the same words.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word)
    {
        if (word.Length == 0) return "''";
        return word.AsSpan().ContainsAnyExcept(Safe)
            ? "'" + word.Replace("'", "'\"'\"'", StringComparison.Ordinal) + "'"
            : word;
    }

    /// <summary>The index of the closing quote, or -1.</summary>
    private static int DoubleQuoted(string text, int start, StringBuilder word)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '"') return i;
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\') i++;
            word.Append(text[i]);
        }

        return -1;
    }

    private static bool Fail(string message, out string error)
    {
        error = message;
        return false;
    }
}
