using System.Globalization;

namespace JobServer.Data.Audit;

/// <summary>
/// Heads of the audit log outside the database, a line each: number, hash, time. Whoever can write the database can cut its
/// newest rows off and correct the head; the line that tells of them is not theirs to change.
/// </summary>
public static class AuditHeadsFile
{
    /// <exception cref="InvalidDataException">A line is not one of ours; the message names it.</exception>
    public static async Task<IReadOnlyList<AuditHeadRecord>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var heads = new List<AuditHeadRecord>();
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (line.Length > 0)
            {
                heads.Add(Parse(line) ?? throw new InvalidDataException($"Line {number} of {path} is not a number, a hash and a time."));
            }
        }

        return heads;
    }

    /// <summary>Returns when the line is on the disk.</summary>
    public static async Task AppendAsync(string path, AuditHeadRecord head, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        var line = string.Create(CultureInfo.InvariantCulture, $"{head.Sequence} {head.Hash} {head.At.UtcDateTime:O}\n");
        await file.WriteAsync(System.Text.Encoding.ASCII.GetBytes(line), cancellationToken);
        file.Flush(flushToDisk: true);
    }

    private static AuditHeadRecord? Parse(string line) =>
        line.Split(' ') is [var sequence, { Length: 64 } hash, var at]
        && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new AuditHeadRecord(number, hash, time)
            : null;
}
