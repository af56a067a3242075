using System.Globalization;
using System.Text;

namespace JobServer.Portal.Releases;

/// <summary>File names that studies chose, made safe for a page, a header and a zip.</summary>
internal static class FileNames
{
    private const int MaxDownloadName = 150;

    /// <summary>Disks take 255 for a name; what a zip adds to one fits too.</summary>
    private const int MaxPartBytes = 220;
    /// <summary>Names of devices, with any ending, on systems that had them before they had folders.</summary>
    private static readonly HashSet<string> Reserved = new(
        [.. "CON PRN AUX NUL".Split(' '), .. Enumerable.Range(1, 9).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" })], StringComparer.OrdinalIgnoreCase);

    private const string NotInNames = "\"\\/:*?<>|";

    /// <summary>
    /// For people: characters that cannot be seen, or that turn the direction of the text so that "exe.csv" reads as
    /// something else, show as their code.
    /// </summary>
    public static string Shown(string path)
    {
        if (!path.EnumerateRunes().Any(IsInvisible))
        {
            return path;
        }

        var shown = new StringBuilder();
        foreach (var rune in path.EnumerateRunes())
        {
            _ = IsInvisible(rune) ? shown.Append($"\\u{{{rune.Value:X4}}}") : shown.Append(rune.ToString());
        }

        return shown.ToString();
    }

    /// <summary>The last part of a path as a file name that every system can store.</summary>
    public static string ForDownload(string path)
    {
        var name = Part(path[(path.LastIndexOf('/') + 1)..]);
        if (name.Length <= MaxDownloadName)
        {
            return name;
        }

        // The end carries the extension.
        var end = name[^MaxDownloadName..];
        return char.IsLowSurrogate(end[0]) ? end[1..] : end;
    }

    /// <summary>A path whose parts every system can unpack.</summary>
    public static string InZip(string path) => string.Join('/', path.Split('/').Select(Part));

    private static string Part(string part)
    {
        var name = new StringBuilder();
        foreach (var rune in part.EnumerateRunes())
        {
            _ = IsInvisible(rune) || (rune.IsAscii && NotInNames.Contains((char)rune.Value)) ? name.Append('_') : name.Append(rune.ToString());
        }

        // Some systems drop a dot or space at the end, which would make two names one.
        var safe = Shortened(name.ToString().TrimEnd('.', ' '));
        return safe.Length == 0 || Reserved.Contains(safe.Split('.')[0]) ? "_" + safe : safe;
    }

    /// <summary>The end of a name that is too long for a disk: it carries the extension.</summary>
    private static string Shortened(string name)
    {
        var start = 0;
        for (var bytes = Encoding.UTF8.GetByteCount(name); bytes > MaxPartBytes;)
        {
            var first = Rune.GetRuneAt(name, start);
            bytes -= first.Utf8SequenceLength;
            start += first.Utf16SequenceLength;
        }

        return name[start..];
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
