namespace JobServer.Domain.Applications;

/// <summary>What moves an application from one status to another.</summary>
public enum ApplicationAct
{
    /// <summary>By its applicant; all others are by admins.</summary>
    Submit,
    Defer,
    ApproveSubjectTo,
    ApproveFully,
    Reject,

    /// <summary>The study is over.</summary>
    Complete,

    /// <summary>The study goes on after all.</summary>
    Resume,

    /// <summary>Before the reviewers again, as it was submitted.</summary>
    TakeUp,

    /// <summary>Back to its applicant as if it had not been submitted.</summary>
    Reopen,
}
