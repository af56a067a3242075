namespace JobServer.Portal.Releases;

/// <summary>The beginning of a CSV file.</summary>
/// <param name="Header">First line; empty for an empty file.</param>
/// <param name="Rows">At most <see cref="CsvTables.MaxRows"/>, each as long as the header.</param>
/// <param name="More">The file goes on.</param>
internal sealed record CsvTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows, bool More);
