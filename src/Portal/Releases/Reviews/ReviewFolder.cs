namespace JobServer.Portal.Releases.Reviews;

/// <summary>Files of one folder in the checkers' list.</summary>
/// <param name="Name">With its last slash; empty for files in no folder.</param>
internal sealed record ReviewFolder(string Name, IReadOnlyList<ReviewFile> Files)
{
    public static IReadOnlyList<ReviewFolder> Of(IEnumerable<ReviewFile> files) =>
        [.. files.GroupBy(file => file.Path[..(file.Path.LastIndexOf('/') + 1)], StringComparer.Ordinal).Select(folder => new ReviewFolder(folder.Key, [.. folder]))];
}
