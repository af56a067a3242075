namespace JobServer.Domain.Audit;

public enum AuditAct
{
    SignedIn,
    SignedOut,
    UserCreated,
    LoginChanged,
    AccountChanged,
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
    ApplicationStarted,
    ApplicationSubmitted,
    ApplicationDeleted,
    ApplicationRestored,
}
