namespace JobServer.Coordinator.Notifications;

/// <summary>What a message says, before it is text or HTML. All of it may hold words that people typed.</summary>
internal sealed record MailWords
{
    public required string Subject { get; init; }

    public required IReadOnlyList<string> Paragraphs { get; init; }

    /// <summary>Shown one below the other.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>What to open, and its address below the Portal's own, as <c>/jobs/…</c>.</summary>
    public (string Text, string Path)? Link { get; init; }

    /// <summary>Why the reader gets this and how to change that.</summary>
    public required string Why { get; init; }
}
