namespace JobServer.Data.Notifications;

/// <summary>What messages about an application say.</summary>
public sealed record ApplicationNotice
{
    public required string PublicId { get; init; }

    public required string StudyName { get; init; }

    public required string Applicant { get; init; }
}
