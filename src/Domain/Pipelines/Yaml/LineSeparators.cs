using System.Buffers;

namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>NEL, LS and PS end a line in YAML 1.1, where the scanner comes from, and are ordinary characters in 1.2.
/// They take the place of code points that stand for nothing while the scanner looks.</summary>
internal static class LineSeparators
{
    private const string Real = "\u0085\u2028\u2029";
    private const string Hidden = "\uFDD0\uFDD1\uFDD2";
    private static readonly SearchValues<char> AnyReal = SearchValues.Create(Real);
    private static readonly SearchValues<char> AnyHidden = SearchValues.Create(Hidden);

    public static string Hide(string text) => text.AsSpan().ContainsAny(AnyReal) ? Swap(text, Real, Hidden) : text;

    public static string Restore(string text) => text.AsSpan().ContainsAny(AnyHidden) ? Swap(text, Hidden, Real) : text;

    private static string Swap(string text, string from, string to)
    {
        for (var i = 0; i < from.Length; i++) text = text.Replace(from[i], to[i]);
        return text;
    }
}
