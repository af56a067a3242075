namespace JobServer.Portal.Admin;

/// <summary>Which part of a list is shown.</summary>
/// <param name="Count">Rows of the whole list.</param>
/// <param name="Number">From 1.</param>
/// <param name="Pages">At least 1.</param>
internal sealed record Paging(int Count, int Number, int Pages)
{
    /// <summary>Rows of a page.</summary>
    public const int Size = 25;

    public static Paging None { get; } = new(0, 1, 1);

    public int Skip => (Number - 1) * Size;

    /// <param name="count">Rows of the whole list.</param>
    /// <param name="asked">Any number: the nearest page there is.</param>
    public static Paging Of(int count, int asked)
    {
        var pages = Math.Max(1, (count + Size - 1) / Size);
        return new Paging(count, Math.Clamp(asked, 1, pages), pages);
    }
}
