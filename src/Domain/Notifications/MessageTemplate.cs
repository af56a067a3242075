namespace JobServer.Domain.Notifications;

public enum MessageTemplate
{
    JobEnded,
    RequestEnded,
    BackendSilent,
    BackendBack,
    TokenExpires,
    TokenRefused,
    ApplicationReceived,
}
