namespace JobServer.Portal.Releases.Tables;

/// <param name="Row">Of the table that is shown, from 0; of one that is gone, the row before which it stood.</param>
internal sealed record TableDiffRow(TableDiffKind Kind, int Row, IReadOnlyList<TableDiffCell> Cells);
