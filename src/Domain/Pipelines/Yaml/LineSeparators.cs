namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>NEL, LS and PS end a line in YAML 1.1, where the scanner comes from, and are ordinary characters in 1.2.
/// Code points that stand for nothing, and that the file does not hold, take their place while the scanner looks.</summary>
internal sealed class LineSeparators
{
    private const string Real = "\u0085\u2028\u2029";
    private const char FirstHidden = '\uFDD0';
    private const char LastHidden = '\uFDEF';
    private readonly string? _hidden;

    public LineSeparators(string text)
    {
        if (!text.AsSpan().ContainsAny(Real)) return;
        var free = Enumerable.Range(FirstHidden, LastHidden - FirstHidden + 1).Select(code => (char)code)
            .Where(code => !text.Contains(code)).Take(Real.Length).ToArray();
        if (free.Length == Real.Length) _hidden = new string(free);
    }

    public string Hide(string text) => _hidden is null ? text : Swap(text, Real, _hidden);

    public string Restore(string text) =>
        _hidden is null || !text.AsSpan().ContainsAny(_hidden) ? text : Swap(text, _hidden, Real);

    private static string Swap(string text, string from, string to)
    {
        for (var i = 0; i < from.Length; i++) text = text.Replace(from[i], to[i]);
        return text;
    }
}
