using MimeKit;

namespace JobServer.Coordinator.Notifications;

internal interface IMailDelivery
{
    /// <summary>Returns when the message was taken over; throws when it was not.</summary>
    Task DeliverAsync(MimeMessage message, CancellationToken cancellationToken);
}
