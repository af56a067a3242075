using JobServer.Domain.Applications;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Applications;

/// <summary>Words and tones of what is said about applications.</summary>
internal static class StandingWords
{
    public static string Words(this PageStanding standing) => standing switch
    {
        PageStanding.NotStarted => "Not started",
        PageStanding.Incomplete => "Incomplete",
        PageStanding.Complete => "Complete",
        PageStanding.NeedsChange => "Needs a change",
        PageStanding.Accepted => "Accepted",
    };

    public static Tone Tone(this PageStanding standing) => standing switch
    {
        PageStanding.NotStarted => Ui.Tone.Neutral,
        PageStanding.Incomplete => Ui.Tone.Waiting,
        PageStanding.Complete or PageStanding.Accepted => Ui.Tone.Good,
        PageStanding.NeedsChange => Ui.Tone.Warning,
    };

    public static Tone Tone(this ApplicationStatus status) => status switch
    {
        ApplicationStatus.Ongoing => Ui.Tone.Neutral,
        ApplicationStatus.Submitted => Ui.Tone.Waiting,
        ApplicationStatus.Deferred or ApplicationStatus.ApprovedSubjectTo => Ui.Tone.Warning,
        ApplicationStatus.ApprovedFully or ApplicationStatus.Completed => Ui.Tone.Good,
        ApplicationStatus.Rejected => Ui.Tone.Bad,
    };

    /// <summary>What happens next, for the applicant.</summary>
    public static string Meaning(this ApplicationStatus status) => status switch
    {
        ApplicationStatus.Ongoing => "Nobody but you and the reviewers can see it. It is looked at once you submit it.",
        ApplicationStatus.Submitted => "It is with the reviewers and cannot be changed. If something is wrong with it, ask them to hand it back to you.",
        ApplicationStatus.Deferred => "The reviewers handed it back: change what they ask for, and submit it again.",
        ApplicationStatus.ApprovedSubjectTo => "It is approved once you have done what the reviewers ask for: change it, and submit it again.",
        ApplicationStatus.ApprovedFully => "It is approved, and can no longer be changed.",
        ApplicationStatus.Rejected => "It was rejected, and can no longer be changed.",
        ApplicationStatus.Completed => "The study is over, and the application can no longer be changed.",
    };
}
