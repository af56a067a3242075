namespace JobServer.Domain.Audit;

public enum AuditAct
{
    SignedIn,
    SignedOut,
    ProjectRenamed,
    WorkspaceCreated,
    WorkspaceChanged,
    WorkspaceArchived,
    JobsSubmitted,
    JobsCancelled,
    FileRedacted,
    RolesChanged,
    MembershipChanged,
    TokenCreated,
    TokenRevoked,
    AgentModeChanged,
    BackendModeChanged,
}
