using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Tables;

/// <summary>Ten digits whose check digit is right, too often to be by chance.</summary>
internal sealed class NhsNumberRule : TableRule
{
    private const int Digits = 10;
    private const int RunThatCounts = 3;
    private const double ShareThatCounts = 0.05;

    public override string Id => "P2";

    public override string Title => "NHS numbers";

    public override Severity Severity => Severity.Block;

    public override string Advice => "Remove the column and aggregate the rows.";

    protected override void Check(Table table, DisclosureProfile profile, FindingList findings)
    {
        foreach (var column in table.Columns)
        {
            var (valid, said, run, longest) = (0, 0, 0, 0);
            foreach (var row in table.Rows)
            {
                var cell = row[column.Index];
                if (Cells.IsMissing(cell))
                    continue;

                said++;
                run = IsNhsNumber(cell) ? run + 1 : 0;
                valid += run > 0 ? 1 : 0;
                longest = Math.Max(longest, run);
            }

            if (longest >= RunThatCounts || valid > ShareThatCounts * said)
                findings.Add("the column holds numbers that are valid NHS numbers", table.HeaderRow, column.Number);
        }
    }

    /// <summary>Weights from ten down to two; the tenth digit makes the sum divisible by eleven.</summary>
    internal static bool IsNhsNumber(string cell)
    {
        Span<int> digits = stackalloc int[Digits];
        var count = 0;
        foreach (var sign in cell.AsSpan().Trim())
        {
            // What people and programs put around a number; a point or comma would make it another one.
            if (sign is ' ' or '-' or '#' or '_' or '/' or '\'' or '"')
                continue;
            if (!char.IsAsciiDigit(sign) || count == Digits)
                return false;

            digits[count++] = sign - '0';
        }

        if (count != Digits)
            return false;

        var sum = 0;
        for (var i = 0; i < Digits - 1; i++)
            sum += digits[i] * (Digits - i);

        var check = 11 - (sum % 11);
        return check != 10 && (check == 11 ? 0 : check) == digits[9];
    }
}
