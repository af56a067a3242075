namespace JobServer.Portal.Releases;

/// <summary>The files under one <em>List</em> button.</summary>
/// <param name="Of">What they are the files of, for screen readers.</param>
/// <param name="Address">The page that shows them.</param>
/// <param name="Files">At least the first ones.</param>
/// <param name="Total">How many there are.</param>
internal sealed record FileListView(string Of, string Address, IReadOnlyList<ReleasedFile> Files, int Total);
