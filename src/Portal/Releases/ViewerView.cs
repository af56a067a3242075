using JobServer.Domain.Releases;

namespace JobServer.Portal.Releases;

/// <summary>A list of files and, beside it, one of them.</summary>
internal sealed record ViewerView
{
    /// <summary>Files in the list at once; the filter finds the others.</summary>
    public const int MaxListed = 500;

    /// <summary>Address of the page, without a query.</summary>
    public required string Address { get; init; }

    public required string WorkspaceSlug { get; init; }

    public required IReadOnlyList<ViewerFolder> Folders { get; init; }

    public required int Total { get; init; }

    /// <summary>Files that the filter lets through.</summary>
    public required int Matching { get; init; }

    public required string Query { get; init; }

    public ReleasedFile? Selected { get; init; }

    /// <summary>Null where nothing is selected or the selected file was deleted.</summary>
    public FilePreview? Preview { get; init; }

    /// <summary>Null where a file was asked for that is not one of these.</summary>
    public static async Task<ViewerView?> MakeAsync(
        string address, string workspaceSlug, IReadOnlyList<ReleasedFile> files, ViewerChoice choice, FilePreviews previews,
        CancellationToken cancellationToken)
    {
        var selected = string.IsNullOrEmpty(choice.File)
            ? files.Count == 1 ? files[0] : null
            : files.FirstOrDefault(file => file.Id == ReleaseIds.Read(choice.File));
        if (selected is null && !string.IsNullOrEmpty(choice.File))
        {
            return null;
        }

        var words = choice.Q?.Trim() ?? "";
        var matching = files.Where(file => ReleasePaths.Displayed(workspaceSlug, file.Path).Contains(words, StringComparison.OrdinalIgnoreCase)).ToList();
        return new ViewerView
        {
            Address = address,
            WorkspaceSlug = workspaceSlug,
            Folders = [.. matching.Take(MaxListed)
                .GroupBy(file => file.Path[..(file.Path.LastIndexOf('/') + 1)], StringComparer.Ordinal)
                .Select(folder => new ViewerFolder(FileNames.Shown(ReleasePaths.Displayed(workspaceSlug, folder.Key)), [.. folder]))],
            Total = files.Count,
            Matching = matching.Count,
            Query = words,
            Selected = selected,
            Preview = selected is null or { Deleted: not null } ? null : await previews.ReadAsync(selected, choice.FirstRow, cancellationToken),
        };
    }

    /// <summary>The selected file as it is shown.</summary>
    public PreviewView? Shown => Selected is { } file
        ? new PreviewView(Preview, ReleaseLinks.File(file.Id), FileNames.Shown(file.Path))
        {
            Page = Address,
            Fields = Query.Length == 0 ? [("file", file.Id)] : [("file", file.Id), ("q", Query)],
        }
        : null;

    /// <summary>The address that shows a file and keeps the filter.</summary>
    public string AddressOf(ReleasedFile file) =>
        Query.Length == 0 ? $"{Address}?file={file.Id}" : $"{Address}?file={file.Id}&q={Uri.EscapeDataString(Query)}";
}
