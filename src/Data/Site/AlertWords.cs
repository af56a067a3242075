using JobServer.Domain.Site;

namespace JobServer.Data.Site;

/// <summary>What a site alert says, and when.</summary>
public sealed record AlertWords
{
    public required AlertLevel Level { get; init; }

    public required string Title { get; init; }

    /// <summary>Plain text; may be empty.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>After the start; null until somebody ends it.</summary>
    public required DateTimeOffset? EndsAt { get; init; }
}
