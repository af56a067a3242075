namespace JobServer.Domain.Applications;

/// <summary>How far an application is, in the words that its applicant sees.</summary>
public enum ApplicationStatus
{
    Ongoing,
    Submitted,
    Deferred,
    ApprovedSubjectTo,
    ApprovedFully,
    Rejected,
    Completed,
}
