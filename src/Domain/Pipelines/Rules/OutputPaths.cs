namespace JobServer.Domain.Pipelines.Rules;

/// <summary>Paths by their text alone, with `/` between folders.</summary>
internal static class OutputPaths
{
    /// <summary>From the last dot of the last part on; empty when there is none, or it only starts the name.</summary>
    public static string Extension(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        return dot <= 0 || dot == name.Length - 1 || name.AsSpan(0, dot).IndexOfAnyExcept('.') < 0 ? "" : name[dot..];
    }

    /// <summary>Everything before the last `/`; empty for a file of the study's own folder.</summary>
    public static string Folder(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? "" : path[..slash].TrimEnd('/') is { Length: > 0 } folder ? folder : "/";
    }

    /// <summary>Without empty parts, `.` and what `..` takes back; exactly two leading slashes stay, as POSIX has it.</summary>
    public static string Normal(string path)
    {
        if (path.Length == 0) return ".";
        var slashes = Math.Max(path.AsSpan().IndexOfAnyExcept('/'), 0);
        if (path[0] == '/' && slashes == 0) slashes = path.Length;
        var root = slashes switch { 0 => "", 2 => "//", _ => "/" };
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part is not ".." || (root.Length == 0 && (parts.Count == 0 || parts[^1] == ".."))) parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
        }

        var normal = root + string.Join('/', parts);
        return normal.Length == 0 ? "." : normal;
    }
}
