using System.Globalization;
using System.Text;

namespace JobServer.Portal.Audit;

/// <summary>Rows of the audit log for a spreadsheet, written as they are read.</summary>
internal static class AuditCsv
{
    /// <summary>With these a spreadsheet takes a text for a formula.</summary>
    private const string Formula = "=+-@\t\r";

    public static async Task WriteAsync(IAsyncEnumerable<AuditLine> lines, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await writer.WriteAsync("Number,Time,Who,Act,Of,Details,Hash\r\n".AsMemory(), cancellationToken);
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            var row = string.Join(',', new[]
            {
                line.Sequence.ToString(CultureInfo.InvariantCulture), line.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                line.Who ?? "", line.Act.ToString(), line.Subject, line.Details, line.Hash,
            }.Select(Cell));
            await writer.WriteAsync($"{row}\r\n".AsMemory(), cancellationToken);
        }
    }

    private static string Cell(string text)
    {
        var safe = text.Length > 0 && Formula.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
