using System.Text.Json;
using JobServer.Data.Notifications;
using JobServer.Domain.Jobs;
using JobServer.Domain.Notifications;
using MimeKit;

namespace JobServer.Coordinator.Notifications;

/// <summary>The words of each message.</summary>
internal static class Mails
{
    public static MimeMessage Of(OutboxMessage message, MailOptions options)
    {
        var (subject, body) = message.Template switch
        {
            MessageTemplate.JobEnded => JobEnded(Read<JobEndedNotice>(message), options),
        };
        var mail = new MimeMessage();
        mail.From.Add(MailboxAddress.Parse(options.From));
        mail.To.Add(MailboxAddress.Parse(message.Recipient));
        mail.Subject = subject;

        // The same message sent twice after a crash has the same id, so that mail programs show it once.
        mail.MessageId = $"outbox-{message.Id}-{message.CreatedAt.UtcTicks}@jobserver";
        mail.Body = new TextPart("plain") { Text = body };
        return mail;
    }

    private static (string Subject, string Body) JobEnded(JobEndedNotice notice, MailOptions options)
    {
        var state = notice.State == JobState.Succeeded ? "succeeded" : "failed";
        var duration = notice is { StartedAt: { } start, CompletedAt: { } end } ? $"{(end - start).TotalSeconds:0} seconds" : "not started";
        return (
            $"{state}: [{notice.Workspace}] {notice.Action}",
            $"""
             The action {notice.Action} of the workspace {notice.Workspace} has {state}.

             Status:   {notice.StatusMessage}
             Request:  {notice.RequestNumber}
             Runtime:  {duration}

             {options.PortalAddress.TrimEnd('/')}/jobs/{notice.JobId}

             You get this message because notifications were asked for when the jobs were submitted.
             """);
    }

    private static T Read<T>(OutboxMessage message) =>
        JsonSerializer.Deserialize<T>(message.Data, JsonSerializerOptions.Web)
        ?? throw new InvalidDataException($"Message {message.Id} has no data.");
}
