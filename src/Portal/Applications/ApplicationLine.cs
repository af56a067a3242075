using JobServer.Domain.Applications;

namespace JobServer.Portal.Applications;

/// <summary>An application in its applicant's list.</summary>
internal sealed record ApplicationLine
{
    public required int Id { get; init; }

    public required string PublicId { get; init; }

    public required string Title { get; init; }

    public required ApplicationStatus Status { get; init; }

    public required string StatusComment { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? SubmittedAt { get; init; }

    public required DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Of the project that its approval made, when that has an organisation.</summary>
    public required string? ProjectAddress { get; init; }
}
