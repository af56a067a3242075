using System.Text;
using JobServer.Domain.Releases;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Releases;

/// <summary>All files of a list as one zip, under the paths that users know.</summary>
internal static class ReleaseZips
{
    /// <param name="zipName">For whoever saves it.</param>
    /// <param name="workspaceSlug">Whose files.</param>
    /// <param name="files">Deleted ones are replaced by a note.</param>
    /// <param name="isStillThere">Asked again when a file's turn comes: a long download must not go on with what was taken away meanwhile.</param>
    /// <param name="blobs">The bytes.</param>
    /// <exception cref="DamagedBlobException">A file is not there: said before the first byte, while it still can be.</exception>
    public static ZipDownload Of(
        string zipName, string workspaceSlug, IReadOnlyList<ReleasedFile> files, Func<ReleasedFile, CancellationToken, Task<bool>> isStillThere, ReleasedBlobs blobs)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var entries = new List<ZipEntrySource>(files.Count);
        foreach (var path in files.Select(file => FileNames.InZip(ReleasePaths.Displayed(workspaceSlug, file.Path))))
        {
            // Folders first: a file must not stand where another file needs a folder.
            for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
            {
                taken.Add(path[..slash]);
            }
        }

        foreach (var file in files)
        {
            var path = FileNames.InZip(ReleasePaths.Displayed(workspaceSlug, file.Path));
            if (file.Deleted is { } deleted)
            {
                entries.Add(Entry(file, Unique(path + ".deleted.txt", taken), _ => Task.FromResult<Stream>(Placeholder(file, deleted))));
            }
            else
            {
                blobs.RequirePresent(file);
                entries.Add(Entry(file, Unique(path, taken), async token => await isStillThere(file, token) ? blobs.OpenVerifying(file) : TakenAway()));
            }
        }

        return new ZipDownload(zipName, entries);
    }

    private static ZipEntrySource Entry(ReleasedFile file, string path, Func<CancellationToken, Task<Stream>> open) =>
        new() { Path = path, At = file.CreatedAt, OpenAsync = open };

    private static MemoryStream TakenAway() => new("This file was taken away while this zip was being downloaded.\n"u8.ToArray());

    private static MemoryStream Placeholder(ReleasedFile file, Deletion deleted) => new(Encoding.UTF8.GetBytes(
        $"""
        The file "{FileNames.Shown(file.Path)}" was released at {Moments.Exact(file.CreatedAt)} and deleted later.

        Deleted by: {deleted.By}
        Deleted at: {Moments.Exact(deleted.At)}
        Reason: {deleted.Reason}

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
