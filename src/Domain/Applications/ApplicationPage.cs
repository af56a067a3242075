namespace JobServer.Domain.Applications;

/// <summary>One page of an application as it was last saved. A page that was never saved has no row.</summary>
public sealed class ApplicationPage
{
    public const int KeyMaxLength = 40;
    public const int NotesMaxLength = 4000;

    public int ApplicationId { get; init; }

    /// <summary>The page's word in addresses, such as <c>study-information</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Answers by the name of their field, as a JSON object of texts.</summary>
    public required string Answers { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset SavedAt { get; set; }

    public int SavedById { get; set; }

    /// <summary>Null until somebody looked, and again when the page was changed after that.</summary>
    public PageVerdict? Verdict { get; set; }

    /// <summary>What the reviewer says to the applicant.</summary>
    public string Notes { get; set; } = "";

    public DateTimeOffset? ReviewedAt { get; set; }

    public int? ReviewedById { get; set; }

    public int Revision { get; set; }
}
