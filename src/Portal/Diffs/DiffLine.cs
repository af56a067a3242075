namespace JobServer.Portal.Diffs;

/// <summary>A line of a comparison; a number is null where that side does not have the line.</summary>
internal readonly record struct DiffLine(int? Before, int? After, string Text)
{
    public bool IsRemoved => After is null;

    public bool IsAdded => Before is null;

    public bool IsChange => IsRemoved || IsAdded;
}
