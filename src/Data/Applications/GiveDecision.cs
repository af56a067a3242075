using JobServer.Domain.Applications;

namespace JobServer.Data.Applications;

/// <summary>The governance or the technical decision about an application, given or changed.</summary>
public sealed record GiveDecision
{
    public required int ApplicationId { get; init; }

    /// <summary>Of the application as the reviewer saw it.</summary>
    public required int Revision { get; init; }

    public required DecisionKind Kind { get; init; }

    public required DecisionOutcome Outcome { get; init; }

    /// <summary>For the other reviewers and the admins.</summary>
    public required string Notes { get; init; }

    public required int PersonId { get; init; }
}
