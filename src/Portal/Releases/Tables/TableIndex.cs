namespace JobServer.Portal.Releases.Tables;

/// <summary>Where the parts of a table begin, so that each is read without those before it.</summary>
internal sealed record TableIndex
{
    public required char Separator { get; init; }

    /// <summary>Bytes of the header's row, with its line end.</summary>
    public required long HeaderEnd { get; init; }

    /// <summary>By their rows; none where nothing stands under the header.</summary>
    public required IReadOnlyList<TablePart> Parts { get; init; }

    /// <summary>Under the header.</summary>
    public required long Rows { get; init; }

    /// <summary>Of the file, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The part that holds a row, or the nearest one; -1 where there is none.</summary>
    public int PartOf(long row)
    {
        var (low, high) = (0, Parts.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Parts[middle].FirstRow <= row ? (middle, high) : (low, middle - 1);
        }

        return high;
    }

    /// <summary>Of a part, or of the end of the file.</summary>
    public long OffsetOf(int part) => part < Parts.Count ? Parts[part].Offset : Size;
}
