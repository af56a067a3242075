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

    [Fact]
    public void The_applicant_reads_the_new_status_with_its_comment_and_what_they_can_do()
    {
        var mail = MailOf(MessageTemplate.ApplicationReviewed, new ApplicationReviewedNotice
        {
            PublicId = "abcdefghjkmn",
            StudyName = "Sleep",
            Applicant = "Ana Li",
            Status = "Deferred",
            Comment = "Name the <funder>.",
            CanChange = true,
        });

        Assert.Equal("Deferred: your application for Sleep", mail.Subject);
        Assert.Contains("Name the <funder>.", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("submit it again", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Name the &lt;funder&gt;.", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public void An_approval_says_what_is_missing_and_who_can_help()
    {
        var notice = new ApplicationApprovedNotice
        {
            PublicId = "abcdefghjkmn",
            StudyName = "Sleep",
            Applicant = "Ana Li",
            Comment = "",
            Project = "Sleep",
            Path = null,
            Roles = ["Project Developer"],
            Organisation = null,
            IsInOrganisation = false,
            HasBackend = false,
        };

        var bare = MailOf(MessageTemplate.ApplicationApproved, notice).TextBody;
        Assert.Contains("An Onboarding Agent or a Core Developer attaches it", bare, StringComparison.Ordinal);
        Assert.Contains("You belong to no backend yet", bare, StringComparison.Ordinal);
        Assert.Contains("https://jobs.example.org/applications", bare, StringComparison.Ordinal);

        var ready = MailOf(
            MessageTemplate.ApplicationApproved, notice with { Path = "/inst/sleep", Organisation = "The Institute", IsInOrganisation = true, HasBackend = true }).TextBody;
        Assert.Contains("Everything is ready", ready, StringComparison.Ordinal);
        Assert.Contains("https://jobs.example.org/inst/sleep", ready, StringComparison.Ordinal);
        Assert.DoesNotContain("no backend", ready, StringComparison.Ordinal);
        Assert.Contains(
            "do not belong to the organisation The Institute",
            MailOf(MessageTemplate.ApplicationApproved, notice with { Path = "/inst/sleep", Organisation = "The Institute", HasBackend = true }).TextBody,
            StringComparison.Ordinal);
    }

    private static MimeKit.MimeMessage MailOf(MessageTemplate template, object notice) => Mails.Of(
        Outbox.Message(template, "ana@example.org", notice, new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)),
        new MailOptions { PortalAddress = "https://jobs.example.org/", SiteName = "The site" });
}
