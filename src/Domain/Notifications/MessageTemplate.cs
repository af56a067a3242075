namespace JobServer.Domain.Notifications;

public enum MessageTemplate
{
    JobEnded,
}
