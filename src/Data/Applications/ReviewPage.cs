using JobServer.Domain.Applications;

namespace JobServer.Data.Applications;

/// <summary>A reviewer's verdict on one page, and what they say to the applicant.</summary>
public sealed record ReviewPage
{
    public required int ApplicationId { get; init; }

    public required string Key { get; init; }

    /// <summary>The page as the reviewer saw it; the verdict is on these answers.</summary>
    public required int Revision { get; init; }

    /// <summary>Of the review that the reviewer saw; null for none.</summary>
    public required DateTimeOffset? ReviewedAt { get; init; }

    public required PageVerdict Verdict { get; init; }

    public required string Notes { get; init; }

    public required int PersonId { get; init; }
}
