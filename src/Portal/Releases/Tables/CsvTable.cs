namespace JobServer.Portal.Releases.Tables;

/// <summary>A part of a CSV file that is shown at once.</summary>
internal sealed record CsvTable
{
    /// <summary>First line; empty for an empty file.</summary>
    public required IReadOnlyList<string> Header { get; init; }

    /// <summary>Each as long as the header.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }

    /// <summary>The file has columns that are left out.</summary>
    public required bool MoreColumns { get; init; }

    /// <summary>Of <see cref="Rows"/>, counted from 0 under the header.</summary>
    public long FirstRow { get; init; }

    /// <summary>In the whole file.</summary>
    public long TotalRows { get; init; }

    /// <summary>The first row of the part before this one; null for the first part.</summary>
    public long? Previous { get; init; }

    /// <summary>The first row of the part after this one; null for the last part.</summary>
    public long? Next { get; init; }

    /// <summary>The first row of the last part.</summary>
    public long Last { get; init; }

    /// <summary>All rows of the file are here.</summary>
    public bool IsWhole => Rows.Count == TotalRows;
}
