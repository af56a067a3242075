namespace JobServer.Portal.CodeHosts;

/// <summary>Names branches that somebody may have meant.</summary>
internal static class NearBranches
{
    private const int MostNamed = 5;
    private const int LongestCompared = 60;

    /// <returns>A sentence that follows another; empty when there is nothing to name.</returns>
    public static string Sentence(string branch, BranchNames known)
    {
        var near = known.Names
            .Where(name => name.Length <= LongestCompared)
            .OrderBy(name => name.Contains(branch, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(branch, name))
            .ThenBy(name => name, StringComparer.Ordinal)
            .Take(MostNamed)
            .ToList();
        var names = string.Join(", ", near.Select(name => $"'{name}'"));
        return near.Count switch
        {
            0 => "",
            1 when known is { IsAll: true, Names.Count: 1 } => $" Its only branch is {names}.",
            _ when known.IsAll && known.Names.Count == near.Count => $" Its branches are {names}.",
            _ => $" Its nearest branches are {names}.",
        };
    }

    /// <summary>How many letters must be put in, left out or changed.</summary>
    private static int Distance(string a, string b)
    {
        a = a.Length <= LongestCompared ? a : a[..LongestCompared];
        Span<int> row = stackalloc int[LongestCompared + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (row[j], diagonal) = (Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + change), row[j]);
            }
        }

        return row[b.Length];
    }
}
