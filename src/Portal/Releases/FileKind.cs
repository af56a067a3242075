namespace JobServer.Portal.Releases;

/// <summary>How the viewer shows a released file.</summary>
public enum FileKind
{
    /// <summary>Nothing to show: download only.</summary>
    Other,
    Table,
    Text,
    Json,
    Markdown,
    Picture,

    /// <summary>Shown in a frame that may do nothing.</summary>
    Sandboxed,
}
