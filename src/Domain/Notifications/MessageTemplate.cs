namespace JobServer.Domain.Notifications;

public enum MessageTemplate
{
    VerifyAddress,
    JobEnded,
    RequestEnded,
    BackendSilent,
    BackendBack,
    TokenExpires,
    TokenRefused,
    ApplicationReceived,
}
