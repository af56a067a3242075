namespace JobServer.Domain.Pipelines;

/// <summary>Puts a piece of the file into a message: in quotes, on one line, and never long.</summary>
internal static class Quoted
{
    private const int Longest = 80;

    public static string Text(string text, int longest = Longest)
    {
        var cut = text.Length > longest
            ? string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest), "…")
            : text;
        return "\"" + string.Create(cut.Length, cut, static (span, value) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(value[i]) ? '␤' : value[i];
        }) + "\"";
    }

    public static string List(IEnumerable<string> texts, int most = 10)
    {
        var some = texts.Take(most + 1).ToList();
        return string.Join(", ", some.Take(most).Select(t => Text(t))) + (some.Count > most ? ", …" : "");
    }
}
