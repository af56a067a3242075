namespace JobServer.Portal.CodeHosts;

/// <summary>A commit as a list shows it.</summary>
/// <param name="Title">The first line of its message, shortened; may be empty.</param>
public sealed record CommitLine(CodeCommit Commit, string Title, string Author, DateTimeOffset At)
{
    private const int Longest = 100;

    /// <summary>Messages are written by anybody: one line, no control characters, none that turn the text around them.</summary>
    public static string TitleOf(string? message)
    {
        var line = (message ?? "").AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        var shown = Domain.Pipelines.SourceText.Visible((line.Length > Longest ? line[..Longest].ToString().TrimEnd() + "…" : line.ToString()).TrimEnd());
        return string.Concat(shown.Select(letter => Turns(letter) ? '·' : letter));
    }

    private static bool Turns(char letter) => letter is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
