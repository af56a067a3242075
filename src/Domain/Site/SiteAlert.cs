namespace JobServer.Domain.Site;

/// <summary>A message that everybody sees on every page, from its start to its end.</summary>
public sealed class SiteAlert
{
    public const int TitleMaxLength = 120;
    public const int TextMaxLength = 1000;

    public int Id { get; init; }

    public AlertLevel Level { get; set; }

    public required string Title { get; set; }

    /// <summary>Plain text; may be empty.</summary>
    public string Text { get; set; } = "";

    public DateTimeOffset StartsAt { get; set; }

    /// <summary>Null: until somebody ends it.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public int CreatedById { get; init; }

    public int Revision { get; set; }
}
