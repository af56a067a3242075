using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Applications;

/// <summary>Words and tones of verdicts and decisions, for reviewers and admins.</summary>
internal static class ReviewWords
{
    public static string Words(this PageVerdict? verdict) => verdict switch
    {
        PageVerdict.Accepted => "Accepted",
        PageVerdict.NeedsChange => "Needs a change",
        _ => "No verdict yet",
    };

    public static Tone Tone(this PageVerdict? verdict) => verdict switch
    {
        PageVerdict.Accepted => Ui.Tone.Good,
        PageVerdict.NeedsChange => Ui.Tone.Warning,
        _ => Ui.Tone.Waiting,
    };

    public static string Words(this DecisionOutcome? outcome) => outcome switch
    {
        DecisionOutcome.Approve => "Approve",
        DecisionOutcome.Reject => "Reject",
        _ => "Not given yet",
    };

    public static Tone Tone(this DecisionOutcome? outcome) => outcome switch
    {
        DecisionOutcome.Approve => Ui.Tone.Good,
        DecisionOutcome.Reject => Ui.Tone.Bad,
        _ => Ui.Tone.Waiting,
    };

    public static string Name(this DecisionKind kind) => kind switch
    {
        DecisionKind.Governance => "Governance decision",
        DecisionKind.Technical => "Technical decision",
    };

    public static Permission Permission(this DecisionKind kind) => kind switch
    {
        DecisionKind.Governance => Domain.Access.Permission.GiveGovernanceDecision,
        DecisionKind.Technical => Domain.Access.Permission.GiveTechnicalDecision,
    };

    /// <summary>What setting it does.</summary>
    public static string Effect(this ApplicationStatus target) => target switch
    {
        ApplicationStatus.Ongoing => "back to its applicant, as if it had not been submitted",
        ApplicationStatus.Submitted => "with the reviewers again, as it stands",
        ApplicationStatus.Deferred => "handed back to its applicant, who changes what you ask for and submits it again",
        ApplicationStatus.ApprovedSubjectTo => "approved once its applicant has done what you ask for",
        ApplicationStatus.ApprovedFully => "the study goes on after all",
        ApplicationStatus.Rejected => "the study is not done; it can be taken up again later",
        ApplicationStatus.Completed => "the study is over",
    };

    /// <summary>Why pages get no verdict and decisions are not given; empty while they are.</summary>
    public static string WhyNoReview(this ApplicationStatus status) => status switch
    {
        ApplicationStatus.Submitted or ApplicationStatus.Deferred or ApplicationStatus.ApprovedSubjectTo => "",
        ApplicationStatus.Ongoing => "It has not been submitted yet. Verdicts and decisions are given once its applicant submits it.",
        ApplicationStatus.Rejected => "It was rejected. An admin can take it up again; then verdicts and decisions can be changed.",
        ApplicationStatus.ApprovedFully or ApplicationStatus.Completed => "It was approved. Its verdicts and decisions stay as they were then.",
    };
}
