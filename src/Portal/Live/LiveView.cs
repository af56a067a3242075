namespace JobServer.Portal.Live;

/// <summary>What a live part of a page watches, how it sees that something changed, and how it draws itself.</summary>
internal sealed record LiveView
{
    /// <summary>Things whose change signals cause a look at once.</summary>
    public required IReadOnlyList<ChangeKey> Keys { get; init; }

    /// <summary>The revision of what is shown; any change of the number is a change. Null: it is gone.</summary>
    public required Func<CancellationToken, Task<LiveRevision?>> ReadAsync { get; init; }

    /// <summary>The HTML fragment for the present state.</summary>
    public required Func<CancellationToken, Task<string>> RenderAsync { get; init; }

    /// <summary>
    /// For what only grows, in place of <see cref="RenderAsync"/>: what is new since the revision that the reader has,
    /// or the whole when that is null.
    /// </summary>
    public Func<long?, CancellationToken, Task<LiveFragment>>? RenderSinceAsync { get; init; }
}
