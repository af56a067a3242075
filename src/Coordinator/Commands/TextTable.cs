namespace JobServer.Coordinator.Commands;

/// <summary>Columns of text, for a screen and for programs that split at two blanks.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    public static void Write(TextWriter output, string[] head, IEnumerable<string[]> rows)
    {
        // What agents say of themselves must not move the cursor.
        var lines = rows.Select(row => Array.ConvertAll(row, cell => new string([.. cell.Select(c => char.IsControl(c) ? ' ' : c)]))).Prepend(head).ToList();
        var widths = head.Select((_, column) => lines.Max(line => line[column].Length)).ToList();
        foreach (var line in lines)
        {
            output.WriteLine(string.Join(Gap, line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
