namespace JobServer.Portal.Releases.Tables;

/// <param name="Cells">At most <see cref="CsvRows.MaxColumns"/>.</param>
/// <param name="HasMore">The row goes on.</param>
internal sealed record CsvRow(string[] Cells, bool HasMore);
