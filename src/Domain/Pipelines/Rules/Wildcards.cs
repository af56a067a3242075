namespace JobServer.Domain.Pipelines.Rules;

/// <summary>Matches with `*` for any characters, `/` among them, and `?` for one.</summary>
internal static class Wildcards
{
    /// <summary>No path is longer; above it nothing matches, so that the time stays bounded.</summary>
    private const int Longest = 4096;

    public static bool Matches(string pattern, string text)
    {
        if (pattern.Length > Longest || text.Length > Longest) return false;
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).IndexOfAnyExcept('*') < 0;
    }
}
