using static JobServer.Domain.Applications.ApplicationStatus;

namespace JobServer.Domain.Applications;

/// <summary>How an application moves, and what its applicant may do with it on the way. Drawn in docs/machines/application.md; a test compares the two.</summary>
public static class ApplicationLife
{
    /// <summary>The statuses in which the applicant may change, and submit, the application.</summary>
    public static IReadOnlyList<ApplicationStatus> Editable { get; } = [.. Enum.GetValues<ApplicationStatus>().Where(IsEditable)];

    /// <summary>The statuses in which reviewers give verdicts on its pages and decisions about it.</summary>
    public static IReadOnlyList<ApplicationStatus> UnderReview { get; } = [.. Enum.GetValues<ApplicationStatus>().Where(IsUnderReview)];

    /// <summary>The statuses in which the applicant may delete the application.</summary>
    public static IReadOnlyList<ApplicationStatus> Deletable { get; } = [.. Enum.GetValues<ApplicationStatus>().Where(IsDeletable)];

    /// <returns>Null when the act is not possible in this status.</returns>
    public static ApplicationStatus? After(this ApplicationStatus status, ApplicationAct act) => (act, status) switch
    {
        (ApplicationAct.Submit, Ongoing or Deferred or ApprovedSubjectTo) => Submitted,

        // A rejected application can be taken up again, never approved at once.
        (ApplicationAct.Defer, Submitted or ApprovedSubjectTo or Rejected) => Deferred,
        (ApplicationAct.ApproveSubjectTo, Submitted or Deferred) => ApprovedSubjectTo,
        (ApplicationAct.ApproveFully, Submitted or Deferred or ApprovedSubjectTo) => ApprovedFully,
        (ApplicationAct.Reject, Submitted or Deferred or ApprovedSubjectTo) => Rejected,
        (ApplicationAct.Complete, ApprovedFully) => Completed,
        (ApplicationAct.Resume, Completed) => ApprovedFully,
        (ApplicationAct.TakeUp, Deferred or ApprovedSubjectTo or Rejected) => Submitted,
        (ApplicationAct.Reopen, Submitted or Deferred or ApprovedSubjectTo or Rejected) => Ongoing,
        _ => null,
    };

    /// <summary>What an admin does by setting a status. No two acts of admins lead from one status to the same other.</summary>
    /// <returns>Null when an admin cannot set it from here.</returns>
    public static ApplicationAct? ActTo(this ApplicationStatus status, ApplicationStatus target)
    {
        foreach (var act in Enum.GetValues<ApplicationAct>())
        {
            if (act != ApplicationAct.Submit && status.After(act) == target)
            {
                return act;
            }
        }

        return null;
    }

    /// <summary>Whether reviewers give verdicts and decisions, and may change them: it was submitted and is not settled.</summary>
    public static bool IsUnderReview(this ApplicationStatus status) => status switch
    {
        Submitted or Deferred or ApprovedSubjectTo => true,
        Ongoing or ApprovedFully or Rejected or Completed => false,
    };

    /// <summary>Whether the applicant must be told why, or what to do.</summary>
    public static bool NeedsComment(this ApplicationStatus status) => status switch
    {
        Deferred or ApprovedSubjectTo or Rejected => true,
        Ongoing or Submitted or ApprovedFully or Completed => false,
    };

    /// <summary>With the reviewers nothing moves under their eyes; handed back, it can be changed again.</summary>
    public static bool IsEditable(this ApplicationStatus status) => status switch
    {
        Ongoing or Deferred or ApprovedSubjectTo => true,
        Submitted or ApprovedFully or Rejected or Completed => false,
    };

    /// <summary>What made a project stays beside it.</summary>
    public static bool IsDeletable(this ApplicationStatus status) => status switch
    {
        Ongoing or Submitted or Deferred or ApprovedSubjectTo or Rejected => true,
        ApprovedFully or Completed => false,
    };

    /// <summary>As applicants read it.</summary>
    public static string Name(this ApplicationStatus status) => status switch
    {
        Ongoing => "Ongoing",
        Submitted => "Submitted",
        Deferred => "Deferred",
        ApprovedSubjectTo => "Approved Subject To",
        ApprovedFully => "Approved Fully",
        Rejected => "Rejected",
        Completed => "Completed",
    };
}
