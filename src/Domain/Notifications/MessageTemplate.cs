namespace JobServer.Domain.Notifications;

public enum MessageTemplate
{
    JobEnded,
    RequestEnded,
    ProjectRolesChanged,
    RemovedFromProject,
    BackendSilent,
    BackendBack,
    TokenExpires,
    TokenRefused,
}
