using JobServer.Domain.Applications;

namespace JobServer.Data.Applications;

/// <summary>A status that an admin sets. <see cref="ApproveApplication"/> is the way to the approval.</summary>
public sealed record SetStatus
{
    public required int ApplicationId { get; init; }

    /// <summary>Of the application as the admin saw it.</summary>
    public required int Revision { get; init; }

    public required ApplicationStatus Status { get; init; }

    /// <summary>What the applicant is told with it.</summary>
    public required string Comment { get; init; }

    public required int PersonId { get; init; }
}
