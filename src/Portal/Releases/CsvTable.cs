namespace JobServer.Portal.Releases;

/// <summary>The beginning of a CSV file.</summary>
/// <param name="Header">First line; empty for an empty file.</param>
/// <param name="Rows">At most <see cref="CsvTables.MaxRows"/>, each as long as the header.</param>
/// <param name="MoreRows">The file goes on after the last row.</param>
/// <param name="MoreColumns">The file has columns that are left out.</param>
internal sealed record CsvTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows, bool MoreRows, bool MoreColumns)
{
    /// <summary>This is not all of the file.</summary>
    public bool More => MoreRows || MoreColumns;
}
