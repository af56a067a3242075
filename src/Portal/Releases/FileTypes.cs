namespace JobServer.Portal.Releases;

/// <summary>Content types by extension. What a study says about its own files is not asked.</summary>
internal static class FileTypes
{
    private static readonly Dictionary<string, (string ContentType, FileKind Kind)> ByExtension =
        new(StringComparer.OrdinalIgnoreCase)
        {
            [".csv"] = ("text/csv; charset=utf-8", FileKind.Table),
            [".tsv"] = ("text/tab-separated-values; charset=utf-8", FileKind.Table),
            [".txt"] = ("text/plain; charset=utf-8", FileKind.Text),
            [".log"] = ("text/plain; charset=utf-8", FileKind.Text),
            [".md"] = ("text/plain; charset=utf-8", FileKind.Markdown),
            [".yaml"] = ("text/plain; charset=utf-8", FileKind.Text),
            [".yml"] = ("text/plain; charset=utf-8", FileKind.Text),
            [".json"] = ("application/json; charset=utf-8", FileKind.Json),
            [".png"] = ("image/png", FileKind.Picture),
            [".jpg"] = ("image/jpeg", FileKind.Picture),
            [".jpeg"] = ("image/jpeg", FileKind.Picture),
            [".gif"] = ("image/gif", FileKind.Picture),
            // Drawn as a picture a vector image runs nothing; opened alone it is a document, hence the sandbox.
            [".svg"] = ("image/svg+xml", FileKind.Picture),
            [".html"] = ("text/html; charset=utf-8", FileKind.Sandboxed),
            [".htm"] = ("text/html; charset=utf-8", FileKind.Sandboxed),
            [".pdf"] = ("application/pdf", FileKind.Other),
        };

    public static FileKind Kind(string path) =>
        ByExtension.TryGetValue(Path.GetExtension(path), out var type) ? type.Kind : FileKind.Other;

    /// <summary>Unknown types are bytes, which browsers save and never show.</summary>
    public static string ContentType(string path) =>
        ByExtension.TryGetValue(Path.GetExtension(path), out var type) ? type.ContentType : "application/octet-stream";
}
