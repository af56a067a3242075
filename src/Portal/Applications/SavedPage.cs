using JobServer.Domain.Applications;
using JobServer.Domain.Applications.Forms;

namespace JobServer.Portal.Applications;

/// <summary>A page as it was last saved, and what its reviewer says.</summary>
internal sealed record SavedPage
{
    public required Answers Answers { get; init; }

    public required int Revision { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    public required PageVerdict? Verdict { get; init; }

    public required string Notes { get; init; }

    public required DateTimeOffset? ReviewedAt { get; init; }

    public required int? ReviewedById { get; init; }
}
