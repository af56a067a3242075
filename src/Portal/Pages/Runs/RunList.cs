namespace JobServer.Portal.Pages.Runs;

/// <summary>The rows of a log as its page and its live part show them: the part changes what they say, never which they are.</summary>
internal sealed record RunList
{
    /// <summary>More new runs than that are not counted.</summary>
    public const int MostNew = 99;

    public required IReadOnlyList<RunRow> Rows { get; init; }

    public required bool SeesPeople { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Where the newest rows are.</summary>
    public required string Newest { get; init; }

    /// <summary>Where a form cancels one of them; null where nothing is cancelled from the list.</summary>
    public string? CancelAddress { get; init; }

    /// <summary>Runs with a greater number are new; null on pages of older ones, which tell of no new runs.</summary>
    public int? Top { get; init; }

    /// <summary>Runs that came since the page was drawn; one more than <see cref="MostNew"/> means more.</summary>
    public int New { get; init; }

    public long RowsRevision { get; init; }

    public long Revision => RevisionOf(RowsRevision, New);

    public bool CanChange => Top is not null || Rows.Any(row => row.IsOpen);

    public static long RevisionOf(long rows, int more) => (rows * (MostNew + 2)) + more;
}
