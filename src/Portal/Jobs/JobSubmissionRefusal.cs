namespace JobServer.Portal.Jobs;

/// <summary>Why no request was made although the code could be read.</summary>
public enum JobSubmissionRefusal
{
    NoActions,
    WorkspaceNotFound,
    WorkspaceArchived,
    NotABackendMember,
    UnknownAction,
    WorkspaceChanged,
    RunsStopped,
}
