using DiffPlex;

namespace JobServer.Portal.Diffs;

/// <summary>The lines that two texts differ in, with a few around them.</summary>
internal static class LineDiff
{
    /// <summary>Lines that differ beyond this are no comparison that somebody reads.</summary>
    private const int MostChanges = 600;

    /// <summary>Of both texts, where they are not simply few changes: the time to find the shortest way grows with the square.</summary>
    private const int MostLines = 4_000;

    private const int Around = 3;

    /// <returns>Runs of changed lines with a few lines around each; empty when the texts are equal, null when they differ too much.</returns>
    public static IReadOnlyList<IReadOnlyList<DiffLine>>? Of(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        if (IsTooMuch(old, now))
            return null;

        var blocks = Differ.Instance.CreateLineDiffs(string.Join('\n', old), string.Join('\n', now), ignoreWhitespace: false, ignoreCase: false).DiffBlocks;
        if (blocks.Sum(block => block.DeleteCountA + block.InsertCountB) > MostChanges)
            return null;

        var runs = new List<List<DiffLine>>();
        var (shown, nowAt) = (0, 0);
        foreach (var block in blocks)
        {
            // Lines that both have, up to this block: after the last change, then before this one, in one run where they meet.
            var common = block.DeleteStartA - shown;
            if (runs.Count == 0 || common > 2 * Around)
            {
                Add(runs.LastOrDefault(), shown, nowAt, Math.Min(common, Around));
                var skipped = Math.Max(0, common - Around);
                runs.Add([]);
                Add(runs[^1], shown + skipped, nowAt + skipped, common - skipped);
            }
            else
            {
                Add(runs[^1], shown, nowAt, common);
            }

            runs[^1].AddRange(Enumerable.Range(block.DeleteStartA, block.DeleteCountA).Select(line => new DiffLine(line + 1, null, old[line])));
            runs[^1].AddRange(Enumerable.Range(block.InsertStartB, block.InsertCountB).Select(line => new DiffLine(null, line + 1, now[line])));
            (shown, nowAt) = (block.DeleteStartA + block.DeleteCountA, block.InsertStartB + block.InsertCountB);
        }

        Add(runs.LastOrDefault(), shown, nowAt, Math.Min(Around, old.Length - shown));
        return runs;

        void Add(List<DiffLine>? run, int oldLine, int newLine, int count) =>
            run?.AddRange(Enumerable.Range(0, count).Select(line => new DiffLine(oldLine + line + 1, newLine + line + 1, old[oldLine + line])));
    }

    private static bool IsTooMuch(string[] old, string[] now)
    {
        var start = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = old.Skip(start).Reverse().Zip(now.Skip(start).Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        var (left, right) = (old[start..^end], now[start..^end]);
        if (left.Length + right.Length > MostLines)
            return true;

        // Lines that only one side has are changes whatever the way.
        var counts = left.CountBy(line => line, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        foreach (var line in right)
            counts[line] = counts.GetValueOrDefault(line) - 1;

        return counts.Values.Sum(Math.Abs) > MostChanges;
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') is { Length: > 0 } lines ? lines.Split('\n') : [];
}
