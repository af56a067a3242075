using Microsoft.Extensions.Options;
using MimeKit;

namespace JobServer.Portal.Development;

/// <summary>Reads what stands in place of sent messages where there is no mail server.</summary>
internal sealed class MailFolder(IOptions<MailFolderOptions> options, IOptions<PortalOptions> portal)
{
    private const int Most = 100;

    /// <summary>Only where anybody may be anybody: it shows everybody's messages.</summary>
    public bool IsThere => portal.Value.DemoSignIn && options.Value.MailFolder.Length > 0;

    /// <summary>The newest hundred, newest first.</summary>
    public async Task<IReadOnlyList<WrittenMail>> ReadAsync(CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(options.Value.MailFolder);
        if (!folder.Exists)
        {
            return [];
        }

        var mails = new List<WrittenMail>();
        foreach (var file in folder.EnumerateFiles("*.eml").OrderByDescending(file => file.Name, StringComparer.Ordinal).Take(Most))
        {
            if (await ReadAsync(file, cancellationToken) is { } mail)
            {
                mails.Add(mail);
            }
        }

        return mails;
    }

    private static async Task<WrittenMail?> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            using var message = await MimeMessage.LoadAsync(file.FullName, cancellationToken);
            return new WrittenMail(file.Name, message.Date, message.To.ToString(), message.Subject ?? "", message.TextBody ?? "");
        }
        catch (Exception error) when (error is IOException or FormatException)
        {
            // Still being written, or gone.
            return null;
        }
    }
}
