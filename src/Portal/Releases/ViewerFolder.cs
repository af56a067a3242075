namespace JobServer.Portal.Releases;

/// <summary>Files of one folder in the viewer's list.</summary>
/// <param name="Name">As it is shown, with its last slash.</param>
internal sealed record ViewerFolder(string Name, IReadOnlyList<ReleasedFile> Files);
