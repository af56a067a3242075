namespace JobServer.Outputs;

/// <summary>What stands between the cells of a file that is called CSV.</summary>
public static class CsvSeparator
{
    /// <summary>A comma, unless the first line has none and another sign that separates.</summary>
    /// <param name="start">The beginning of the file.</param>
    public static char Of(ReadOnlySpan<char> start)
    {
        var line = start[..(start.IndexOfAny('\r', '\n') is var end and >= 0 ? end : start.Length)];
        if (line.Contains(','))
            return ',';

        foreach (var separator in "\t;|")
        {
            if (line.Contains(separator))
                return separator;
        }

        return ',';
    }
}
