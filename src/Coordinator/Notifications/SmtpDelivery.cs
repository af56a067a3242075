using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace JobServer.Coordinator.Notifications;

internal sealed class SmtpDelivery(IOptions<MailOptions> options) : IMailDelivery
{
    private const int ImplicitTlsPort = 465;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public async Task DeliverAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var mail = options.Value;
        using var client = new SmtpClient { Timeout = (int)Timeout.TotalMilliseconds };
        await client.ConnectAsync(mail.Host, mail.Port, SecurityOf(mail), cancellationToken);
        if (mail.User.Length > 0)
        {
            await client.AuthenticateAsync(mail.User, mail.Password, cancellationToken);
        }

        await client.SendAsync(message, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    /// <summary>"When available" would send names and addresses in the clear to whoever hides the offer of TLS.</summary>
    internal static SecureSocketOptions SecurityOf(MailOptions mail) =>
        mail.Host is "127.0.0.1" or "::1" or "localhost" ? SecureSocketOptions.StartTlsWhenAvailable
        : mail.Port == ImplicitTlsPort ? SecureSocketOptions.SslOnConnect
        : SecureSocketOptions.StartTls;
}
