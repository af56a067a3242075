using System.Buffers;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>Finds `scheme://user:password@` and `scheme://…?password=` in what a job is given.</summary>
internal static class UrlSecrets
{
    /// <summary>How much of a URL is looked at, so that a text full of "://" costs no more than its length.</summary>
    private const int Longest = 1024;
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n");
    private static readonly string[] QueryNames = ["password=", "passwd=", "pwd="];
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static bool IsIn(string text)
    {
        for (var start = text.IndexOf("://", StringComparison.Ordinal); start >= 0;)
        {
            var url = text.AsSpan(start + 3, Math.Min(Longest, text.Length - start - 3));
            var end = url.IndexOfAny(Ends);
            if (end >= 0) url = url[..end];
            if (HasPassword(url)) return true;
            start = text.IndexOf("://", start + 3, StringComparison.Ordinal);
        }

        return false;
    }

    /// <summary>The first text in a value, however deep, that holds such a URL.</summary>
    public static YamlNode? Find(YamlNode value) => value switch
    {
        YamlScalar scalar => IsIn(scalar.Text) ? scalar : null,
        YamlList list => list.Items.Select(Find).FirstOrDefault(found => found is not null),
        YamlMap map => map.Entries.Select(entry => Find(entry.Key) ?? Find(entry.Value)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static bool HasPassword(ReadOnlySpan<char> url) => HasUserPassword(url) || HasQueryPassword(url);

    private static bool HasQueryPassword(ReadOnlySpan<char> url)
    {
        var query = url.IndexOf('?');
        while (query >= 0)
        {
            url = url[(query + 1)..];
            foreach (var name in QueryNames)
            {
                if (url.StartsWith(name, StringComparison.OrdinalIgnoreCase) && url.Length > name.Length && url[name.Length] != '&') return true;
            }

            query = url.IndexOfAny('&', ';');
        }

        return false;
    }

    private static bool HasUserPassword(ReadOnlySpan<char> url)
    {
        var colon = url.IndexOf(':');
        if (colon < 0) return false;
        var host = url.IndexOfAny('/', '?', '#');
        if (host >= 0 && host < colon) return false;
        var rest = url[(colon + 1)..];
        var at = rest.IndexOf('@');
        if (at <= 0) return false;

        // A password may hold an unescaped slash, a port may not hold anything but digits.
        var slash = rest.IndexOfAny('/', '?', '#');
        return slash < 0 || at < slash || (slash > 0 && rest[..slash].IndexOfAnyExcept(Digits) >= 0);
    }
}
