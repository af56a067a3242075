using JobServer.Domain.Applications;

namespace JobServer.Portal.Applications;

/// <summary>An application as reviewers and admins see it: its answers, and what was said and decided about them.</summary>
internal sealed record ReviewView
{
    public required ApplicationView Application { get; init; }

    public required KnownPerson Applicant { get; init; }

    public required DecisionView Governance { get; init; }

    public required DecisionView Technical { get; init; }

    /// <summary>A name; empty when the applicant's own acts alone moved it.</summary>
    public required string StatusChangedBy { get; init; }

    public required string OverrideReason { get; init; }

    public required MadeProject? Project { get; init; }

    /// <summary>Names of those who reviewed pages, by their number.</summary>
    public required IReadOnlyDictionary<int, string> Reviewers { get; init; }

    /// <summary>Accounts of the researchers, by the e-mail address that was written down for them.</summary>
    public required IReadOnlyDictionary<string, KnownPerson> Accounts { get; init; }

    public DecisionView Decision(DecisionKind kind) => kind == DecisionKind.Governance ? Governance : Technical;

    /// <summary>An approval needs a reason: a decision is missing or against it.</summary>
    public bool NeedsReason => !(Governance.Given.IsForIt && Technical.Given.IsForIt);

    /// <summary>The applicant submitted it anew after the decision was given.</summary>
    public bool IsOlderThanAnswers(DecisionKind kind) => Decision(kind).Given.At < Application.SubmittedAt;
}
