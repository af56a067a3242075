namespace JobServer.Portal.Releases.Tables;

internal enum TableDiffKind
{
    Same,

    /// <summary>Some of its cells differ.</summary>
    Changed,
    Added,

    /// <summary>Only the former version has it.</summary>
    Removed,
}
