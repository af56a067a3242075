namespace JobServer.Domain.Pipelines.Rules;

/// <summary>Guesses what a misspelt name should have been.</summary>
internal static class NearNames
{
    private const int LongestName = 40;
    private const int MostNames = 200;

    public static string Hint(string name, IEnumerable<string> known)
    {
        string? best = null;
        var least = Math.Min(4, (name.Length / 3) + 1);
        if (name.Length <= LongestName)
        {
            foreach (var candidate in known.Take(MostNames))
            {
                var distance = candidate.Length > LongestName ? int.MaxValue : Distance(name, candidate);
                if (distance >= least) continue;
                least = distance;
                best = candidate;
            }
        }

        return best is null
            ? "Add the action, or remove the name from needs; letter case matters."
            : $"Did you mean {Quoted.Text(best)}? Letter case matters.";
    }

    private static int Distance(string a, string b)
    {
        Span<int> row = stackalloc int[LongestName + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (row[j], diagonal) = (Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost), row[j]);
            }
        }

        return row[b.Length];
    }
}
