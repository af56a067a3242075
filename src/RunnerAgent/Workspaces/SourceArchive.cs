using System.Formats.Tar;
using System.IO.Compression;
using JobServer.Outputs;

namespace JobServer.RunnerAgent.Workspaces;

/// <summary>
/// Unpacks a study's source: a gzipped tar with one top folder. The archive is hostile input; an
/// <see cref="InvalidDataException"/> says what is wrong with it.
/// </summary>
internal sealed class SourceArchive(string target, long maxBytes, int maxEntries)
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly List<(string Path, string Target)> _links = [];
    private string? _top;
    private long _bytes;
    private int _entries;

    public async Task ExtractAsync(Stream archive, CancellationToken cancellationToken)
    {
        try
        {
            await using var unzipped = new GZipStream(archive, CompressionMode.Decompress);
            await using var reader = new TarReader(unzipped);
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
                await TakeAsync(entry, cancellationToken);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or NotSupportedException or EndOfStreamException or OverflowException)
        {
            throw new InvalidDataException("it is not a readable tar archive", error);
        }
    }

    /// <summary>
    /// Makes the links, after all else has been put in place: nothing is ever written through one.
    /// </summary>
    public void CreateLinks()
    {
        foreach (var (path, to) in _links)
        {
            var full = Path.Join(target, path);
            MakeFolders(path);
            if (!Path.Exists(full) && new FileInfo(full).LinkTarget is null)
                File.CreateSymbolicLink(full, to);
        }
    }

    private async Task TakeAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        if (entry.EntryType == TarEntryType.GlobalExtendedAttributes)
            return;
        if (++_entries > maxEntries)
            throw new InvalidDataException($"it has more than {maxEntries} entries");
        if (RelativePath(entry.Name) is not { } path)
            return;

        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                MakeFolders(path + "/x");
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                await WriteFileAsync(entry, path, cancellationToken);
                break;
            case TarEntryType.SymbolicLink:
                CheckLink(path, entry.LinkName);
                _links.Add((path, entry.LinkName));
                break;
            default:
                throw new InvalidDataException($"{Shown(path)} is neither a file nor a folder nor a symbolic link");
        }
    }

    /// <returns>Null for the top folder itself.</returns>
    private string? RelativePath(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var top = slash < 0 ? name : name[..slash];
        if (top is "" or "." or "..")
            throw new InvalidDataException($"the name {Shown(name)} does not begin with a folder");
        if ((_top ??= top) != top)
            throw new InvalidDataException("it has more than one top folder");

        var rest = slash < 0 ? "" : name[(slash + 1)..].TrimEnd('/');
        if (rest.Length == 0)
            return null;

        return WorkspacePath.Parse(rest, out _) is { } problem
            ? throw new InvalidDataException($"the name {Shown(rest)} cannot be used: {problem}")
            : rest;
    }

    private async Task WriteFileAsync(TarEntry entry, string path, CancellationToken cancellationToken)
    {
        _bytes += entry.Length;
        if (_bytes > maxBytes)
            throw new InvalidDataException($"it unpacks to more than {maxBytes} bytes");

        MakeFolders(path);
        var mode = (entry.Mode & UnixFileMode.UserExecute) == UnixFileMode.None ? Plain : Plain | Executable;
        var file = new FileStream(Path.Join(target, path), new FileStreamOptions
        {
            // A second entry of the same name would go through what the first one made.
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = mode,
        });
        await using (file)
        {
            if (entry.DataStream is { } data)
                await data.CopyToAsync(file, cancellationToken);
        }
    }

    private void MakeFolders(string path)
    {
        var at = target;
        foreach (var part in path.Split('/')[..^1])
        {
            at = Path.Join(at, part);
            if (new FileInfo(at).LinkTarget is not null)
                throw new InvalidDataException($"{Shown(path)} lies behind a symbolic link");

            Directory.CreateDirectory(at);
        }
    }

    /// <summary>Even a chain of links that is harmless by name could lead out; inside the sandbox it then finds nothing.</summary>
    private static void CheckLink(string path, string to)
    {
        var depth = path.Count(c => c == '/');
        if (to.Length == 0 || to[0] == '/' || to.Any(char.IsControl))
            throw new InvalidDataException($"the link {Shown(path)} leads outside the study");

        foreach (var part in to.Split('/'))
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
                throw new InvalidDataException($"the link {Shown(path)} leads outside the study");
        }
    }

    private static string Shown(string name) =>
        new([.. name.Take(100).Select(c => char.IsControl(c) ? '?' : c)]);
}
