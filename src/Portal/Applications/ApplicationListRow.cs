using JobServer.Domain.Applications;

namespace JobServer.Portal.Applications;

/// <summary>An application in the admin area's list.</summary>
internal sealed record ApplicationListRow
{
    public required string PublicId { get; init; }

    public required string? StudyName { get; init; }

    public required string Applicant { get; init; }

    public required ApplicationStatus Status { get; init; }

    public required DecisionOutcome? Governance { get; init; }

    public required DecisionOutcome? Technical { get; init; }

    public required DateTimeOffset? SubmittedAt { get; init; }

    public required int? ProjectId { get; init; }

    public required string? Project { get; init; }

    public string Title => StudyName is { Length: > 0 } name ? name : "Study without a name yet";
}
