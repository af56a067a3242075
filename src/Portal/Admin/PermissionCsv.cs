using System.Text;
using JobServer.Domain.Access;

namespace JobServer.Portal.Admin;

/// <summary>The permission matrix for a spreadsheet. All its words are of the policy table; none holds a quote or begins a formula.</summary>
internal static class PermissionCsv
{
    public static string Of(IReadOnlyList<MatrixColumn> columns)
    {
        var text = new StringBuilder();
        Line(text, ["Permission", "May", .. columns.Select(column => column.Name)]);
        foreach (var row in PolicyTable.Rows)
        {
            Line(text, [row.Permission.ToString(), row.Sentence, .. columns.Select(column => Word(PermissionMatrix.Cell(row, column)))]);
        }

        return text.ToString();
    }

    private static string Word(MatrixCell cell) => cell switch
    {
        MatrixCell.No => "no",
        MatrixCell.Yes => "yes",
        MatrixCell.WhereHeld => "where held",
    };

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(cell => $"\"{cell}\"")).Append("\r\n");
}
