namespace JobServer.Data.Notifications;

/// <summary>What the message about a new status of an application says.</summary>
public sealed record ApplicationReviewedNotice
{
    public required string PublicId { get; init; }

    public required string StudyName { get; init; }

    public required string Applicant { get; init; }

    /// <summary>As the applicant reads it.</summary>
    public required string Status { get; init; }

    public required string Comment { get; init; }

    /// <summary>The applicant can change the application now, and submit it again.</summary>
    public required bool CanChange { get; init; }
}
