using JobServer.Data.Notifications;
using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Notifications;

/// <summary>Sends what is due in the outbox. At least once: a crash between sending and marking sends again.</summary>
internal sealed class OutboxSender(Outbox outbox, IMailDelivery delivery, IOptions<MailOptions> options, ILogger<OutboxSender> logger)
{
    private const int BatchSize = 50;

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var message in await outbox.DueAsync(BatchSize, cancellationToken))
        {
            try
            {
                await delivery.DeliverAsync(Mails.Of(message, options.Value), cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                NotificationLog.NotSent(logger, exception, message.Id, message.Attempts + 1);
                await outbox.MarkFailedAsync(message, exception.Message, cancellationToken);
                continue;
            }

            await outbox.MarkSentAsync(message.Id, cancellationToken);
        }
    }
}
