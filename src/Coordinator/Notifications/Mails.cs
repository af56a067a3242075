using System.Text.Json;
using JobServer.Data.Notifications;
using JobServer.Domain.Notifications;
using MimeKit;

namespace JobServer.Coordinator.Notifications;

/// <summary>Makes a mail of a row of the outbox.</summary>
internal static class Mails
{
    public static MimeMessage Of(OutboxMessage message, MailOptions options)
    {
        var words = WordsOf(message);
        var mail = new MimeMessage();
        mail.From.Add(new MailboxAddress(options.SiteName, MailboxAddress.Parse(options.From).Address));
        mail.To.Add(MailboxAddress.Parse(message.Recipient));
        if (options.Contact.Length > 0)
        {
            mail.ReplyTo.Add(MailboxAddress.Parse(options.Contact));
        }

        mail.Subject = words.Subject;

        // The same message sent twice after a crash has the same id, so that mail programs show it once.
        mail.MessageId = $"outbox-{message.Id}-{message.CreatedAt.UtcTicks}@jobserver";
        mail.Body = MailRendering.Body(words, options);
        return mail;
    }

    /// <summary>One file for each message, beside this one.</summary>
    private static MailWords WordsOf(OutboxMessage message) => message.Template switch
    {
        MessageTemplate.VerifyAddress => VerifyAddressMail.Of(Read<VerifyAddressNotice>(message)),
        MessageTemplate.JobEnded => JobEndedMail.Of(Read<JobEndedNotice>(message)),
        MessageTemplate.RequestEnded => RequestEndedMail.Of(Read<RequestEndedNotice>(message)),
        MessageTemplate.BackendSilent => BackendMail.Silent(Read<BackendNotice>(message)),
        MessageTemplate.BackendBack => BackendMail.Back(Read<BackendNotice>(message)),
        MessageTemplate.TokenExpires => TokenMail.Expires(Read<TokenNotice>(message)),
        MessageTemplate.AddedToProject => ProjectMemberMail.Added(Read<ProjectMemberNotice>(message)),
        MessageTemplate.ProjectRolesChanged => ProjectMemberMail.RolesChanged(Read<ProjectMemberNotice>(message)),
        MessageTemplate.RemovedFromProject => ProjectMemberMail.Removed(Read<ProjectMemberNotice>(message)),
        MessageTemplate.TokenRefused => TokenMail.Refused(Read<TokenNotice>(message)),
        MessageTemplate.ReleaseRequested => ReleaseRequestMail.Requested(Read<ReleaseRequestNotice>(message)),
        MessageTemplate.ReleaseReturned => ReleaseRequestMail.Returned(Read<ReleaseRequestNotice>(message)),
        MessageTemplate.ReleaseRejected => ReleaseRequestMail.Rejected(Read<ReleaseRequestNotice>(message)),
        MessageTemplate.FilesReleased => ReleaseRequestMail.Released(Read<ReleaseRequestNotice>(message)),
        MessageTemplate.ReleaseCommented => ReleaseRequestMail.Commented(Read<ReleaseRequestNotice>(message)),
        MessageTemplate.PublicationRequested => PublicationMail.Requested(Read<PublicationNotice>(message)),
        MessageTemplate.PublicationRejected => PublicationMail.Rejected(Read<PublicationNotice>(message)),
        MessageTemplate.OutputsPublished => PublicationMail.Published(Read<PublicationNotice>(message)),
        MessageTemplate.OutputsUnpublished => PublicationMail.Unpublished(Read<PublicationNotice>(message)),
        MessageTemplate.ApplicationReceived => ApplicationMail.Received(Read<ApplicationNotice>(message)),
        MessageTemplate.ApplicationReviewed => ApplicationMail.Reviewed(Read<ApplicationReviewedNotice>(message)),
        MessageTemplate.ApplicationApproved => ApplicationMail.Approved(Read<ApplicationApprovedNotice>(message)),
    };

    private static T Read<T>(OutboxMessage message) =>
        JsonSerializer.Deserialize<T>(message.Data, JsonSerializerOptions.Web)
        ?? throw new InvalidDataException($"Message {message.Id} has no data.");
}
