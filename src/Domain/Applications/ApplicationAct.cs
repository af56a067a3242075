namespace JobServer.Domain.Applications;

/// <summary>What moves an application from one status to another.</summary>
public enum ApplicationAct
{
    /// <summary>By its applicant; all others are decisions of reviewers and admins.</summary>
    Submit,
    Defer,
    ApproveSubjectTo,
    ApproveFully,
    Reject,

    /// <summary>The study is over.</summary>
    Complete,
}
