using JobServer.Coordinator.Notifications;
using JobServer.Data.Notifications;
using JobServer.Domain.Notifications;

namespace JobServer.Coordinator.Tests.Notifications;

public sealed class ApplicationMailTests
{
    [Fact]
    public void The_applicant_reads_which_study_was_received_and_where_to_follow_it()
    {
        var message = Outbox.Message(
            MessageTemplate.ApplicationReceived,
            "ana@example.org",
            new ApplicationNotice { PublicId = "abcdefghjkmn", StudyName = "Sleep & <heart>", Applicant = "Ana Li" },
            new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

        var mail = Mails.Of(message, new MailOptions { PortalAddress = "https://jobs.example.org/", SiteName = "The site" });

        Assert.Equal("Application received: Sleep & <heart>", mail.Subject);
        Assert.Contains("https://jobs.example.org/applications/abcdefghjkmn", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Sleep &amp; &lt;heart&gt;", mail.HtmlBody, StringComparison.Ordinal);
    }
}
