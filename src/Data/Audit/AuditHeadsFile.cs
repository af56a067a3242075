using System.Globalization;

namespace JobServer.Data.Audit;

/// <summary>
/// Heads of the audit log outside the database, a line each: number, hash, time. Whoever can write the database can cut its
/// newest rows off and correct the head; the line that tells of them is not theirs to change.
/// </summary>
public static class AuditHeadsFile
{
    /// <summary>A last line without its end is left out: the machine stopped while it was written, and nobody was told of it.</summary>
    /// <exception cref="InvalidDataException">A line is not one of ours; the message names it.</exception>
    public static async Task<IReadOnlyList<AuditHeadRecord>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var lines = (await File.ReadAllTextAsync(path, cancellationToken)).Split('\n');
        return [.. lines[..^1].Select((line, at) => (Line: line.TrimEnd('\r'), Number: at + 1)).Where(line => line.Line.Length > 0)
            .Select(line => Parse(line.Line) ?? throw new InvalidDataException($"Line {line.Number} of {path} is not a number, a hash and a time."))];
    }

    /// <summary>Returns when the line is on the disk.</summary>
    public static async Task AppendAsync(string path, AuditHeadRecord head, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        CutUnfinishedLine(file);
        var line = string.Create(CultureInfo.InvariantCulture, $"{head.Sequence} {head.Hash} {head.At.UtcDateTime:O}\n");
        await file.WriteAsync(System.Text.Encoding.ASCII.GetBytes(line), cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <summary>So that what is written next is a line of its own.</summary>
    private static void CutUnfinishedLine(FileStream file)
    {
        var end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                break;
            }

            end--;
        }

        file.SetLength(end);
        file.Position = end;
    }

    private static AuditHeadRecord? Parse(string line) =>
        line.Split(' ') is [var sequence, { Length: 64 } hash, var at]
        && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new AuditHeadRecord(number, hash, time)
            : null;
}
