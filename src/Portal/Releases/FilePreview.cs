using JobServer.Portal.Releases.Tables;

namespace JobServer.Portal.Releases;

/// <summary>What the viewer shows of one file.</summary>
internal sealed record FilePreview
{
    public required FileKind Kind { get; init; }

    public CsvTable? Table { get; init; }

    public TextPreview? Text { get; init; }

    /// <summary>Why nothing is shown, in words.</summary>
    public string? Problem { get; init; }
}
