using System.Text;
using JobServer.Domain.Releases;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Releases;

/// <summary>All files of a list as one zip, under the paths that users know.</summary>
internal static class ReleaseZips
{
    /// <exception cref="DamagedBlobException">A file is not there: said before the first byte, while it still can be.</exception>
    public static ZipDownload Of(string zipName, string workspaceSlug, IReadOnlyList<ReleasedFile> files, ReleasedBlobs blobs)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var entries = new List<ZipEntrySource>(files.Count);
        foreach (var file in files)
        {
            var path = FileNames.InZip(ReleasePaths.Displayed(workspaceSlug, file.Path));
            if (file.Deleted is { } deleted)
            {
                entries.Add(Entry(file, Unique(path + ".deleted.txt", taken), () => Placeholder(file, deleted)));
            }
            else
            {
                blobs.RequirePresent(file);
                entries.Add(Entry(file, Unique(path, taken), () => blobs.OpenVerifying(file)));
            }
        }

        return new ZipDownload(zipName, entries);
    }

    private static ZipEntrySource Entry(ReleasedFile file, string path, Func<Stream> open) =>
        new() { Path = path, At = file.CreatedAt, OpenAsync = _ => Task.FromResult(open()) };

    private static MemoryStream Placeholder(ReleasedFile file, Deletion deleted) => new(Encoding.UTF8.GetBytes(
        $"""
        The file "{FileNames.Shown(file.Path)}" was released at {Moments.Exact(file.CreatedAt)} and deleted later.

        Deleted at: {Moments.Exact(deleted.At)}
        {(deleted.By.Length > 0 ? $"Deleted by: {deleted.By}\nReason: {deleted.Reason}\n" : "")}
        """));

    /// <summary>Names that differ only in letters that were replaced, or in case, must not overwrite each other when unpacked.</summary>
    private static string Unique(string path, HashSet<string> taken)
    {
        if (taken.Add(path))
        {
            return path;
        }

        var dot = path.LastIndexOf('.');
        var (stem, extension) = dot > path.LastIndexOf('/') ? (path[..dot], path[dot..]) : (path, "");
        var number = 2;
        while (!taken.Add($"{stem} ({number}){extension}"))
        {
            number++;
        }

        return $"{stem} ({number}){extension}";
    }
}
