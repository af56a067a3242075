namespace JobServer.Portal.Releases;

/// <summary>What the address of a page with a viewer asks for.</summary>
/// <param name="File">The id of a file; empty for none.</param>
/// <param name="Q">Filters the list of files.</param>
/// <param name="Row">Of a table, counted from 1 under the header; what is no number of a row means the first.</param>
internal sealed record ViewerChoice(string? File, string? Q, string? Row)
{
    public long FirstRow => RowNumber(Row);

    /// <returns>Counted from 0.</returns>
    public static long RowNumber(string? row) => long.TryParse(row, out var number) && number > 0 ? number - 1 : 0;
}
