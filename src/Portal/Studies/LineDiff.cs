namespace JobServer.Portal.Studies;

/// <summary>The shortest way from one text to another by removing and adding lines, if it is not long.</summary>
internal static class LineDiff
{
    /// <summary>Changed lines up to which the way is looked for: time and memory grow with its square.</summary>
    private const int MostChanges = 600;

    private const int Around = 3;

    /// <returns>Runs of changed lines with a few lines around each; empty when the texts are equal, null when they differ too much.</returns>
    public static IReadOnlyList<IReadOnlyList<DiffLine>>? Of(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var start = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start])
            start++;
        var end = 0;
        while (end < old.Length - start && end < now.Length - start && old[^(end + 1)] == now[^(end + 1)])
            end++;
        if (Walk(old[start..^end], now[start..^end]) is not { } middle)
            return null;

        var all = new List<DiffLine>();
        for (var i = Math.Max(0, start - Around); i < start; i++)
            all.Add(new DiffLine(i + 1, i + 1, old[i]));
        all.AddRange(middle.Select(line => line with { Before = line.Before + start, After = line.After + start }));
        for (var i = 0; i < Math.Min(end, Around); i++)
            all.Add(new DiffLine(old.Length - end + i + 1, now.Length - end + i + 1, old[old.Length - end + i]));
        return Runs(all);
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>Myers' greedy algorithm; null when it would take too many steps.</summary>
    private static List<DiffLine>? Walk(string[] old, string[] now)
    {
        var most = Math.Min(MostChanges, old.Length + now.Length);
        var reach = new int[(2 * most) + 2];
        var steps = new List<int[]>();
        for (var changes = 0; changes <= most; changes++)
        {
            steps.Add(reach[(most - changes)..(most + changes + 1)]);
            for (var k = -changes; k <= changes; k += 2)
            {
                var down = k == -changes || (k != changes && reach[most + k - 1] < reach[most + k + 1]);
                var x = down ? reach[most + k + 1] : reach[most + k - 1] + 1;
                var y = x - k;
                while (x < old.Length && y < now.Length && old[x] == now[y])
                    (x, y) = (x + 1, y + 1);
                reach[most + k] = x;
                if (x >= old.Length && y >= now.Length)
                    return Back(steps, old, now);
            }
        }

        return null;
    }

    private static List<DiffLine> Back(List<int[]> steps, string[] old, string[] now)
    {
        var lines = new List<DiffLine>();
        var (x, y) = (old.Length, now.Length);
        for (var changes = steps.Count - 1; changes >= 0; changes--)
        {
            // A step's own part of the array: its middle is diagonal 0.
            int Reach(int diagonal) => changes + diagonal >= 0 && changes + diagonal < steps[changes].Length ? steps[changes][changes + diagonal] : -1;
            var k = x - y;
            var down = k == -changes || (k != changes && Reach(k - 1) < Reach(k + 1));
            var fromX = changes == 0 ? 0 : down ? Reach(k + 1) : Reach(k - 1);
            var fromY = changes == 0 ? 0 : fromX - (down ? k + 1 : k - 1);
            while (x > fromX && y > fromY)
            {
                lines.Add(new DiffLine(x, y, old[x - 1]));
                (x, y) = (x - 1, y - 1);
            }

            if (changes == 0)
                break;
            lines.Add(down ? new DiffLine(null, y, now[y - 1]) : new DiffLine(x, null, old[x - 1]));
            (x, y) = (fromX, fromY);
        }

        lines.Reverse();
        return lines;
    }

    private static List<IReadOnlyList<DiffLine>> Runs(List<DiffLine> lines)
    {
        var runs = new List<IReadOnlyList<DiffLine>>();
        var run = new List<DiffLine>();
        var nextChange = lines.FindIndex(line => line.IsChange);
        var lastChange = -1 - Around;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].IsChange)
            {
                lastChange = i;
                nextChange = lines.FindIndex(i + 1, line => line.IsChange);
            }

            if (i - lastChange <= Around || (nextChange >= 0 && nextChange - i <= Around))
            {
                run.Add(lines[i]);
            }
            else if (run.Count > 0)
            {
                runs.Add(run);
                run = [];
            }
        }

        if (run.Count > 0 && lastChange >= 0)
            runs.Add(run);
        return runs;
    }
}
