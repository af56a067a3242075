using Microsoft.Extensions.Options;
using MimeKit;

namespace JobServer.Coordinator.Notifications;

/// <summary>Writes messages as files, where there is no mail server: the demo site and development.</summary>
internal sealed class FolderDelivery(IOptions<MailOptions> options, TimeProvider timeProvider) : IMailDelivery
{
    public async Task DeliverAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(options.Value.Folder);
        Directory.CreateDirectory(folder);

        // Two messages of one instant have different ids.
        var name = $"{timeProvider.GetUtcNow():yyyyMMdd-HHmmss-fffffff}-{message.MessageId?.Split('@')[0]}.eml";
        await message.WriteToAsync(Path.Combine(folder, name), cancellationToken);
    }
}
