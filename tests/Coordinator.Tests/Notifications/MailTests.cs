using JobServer.Coordinator.Notifications;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data.Notifications;
using JobServer.Domain.Jobs;
using JobServer.Domain.Notifications;
using JobServer.TestCommon;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Coordinator.Tests.Notifications;

public sealed class MailTests : SiteTest
{
    [Fact]
    public async Task A_message_goes_to_the_mail_server_once()
    {
        await using var server = new TestSmtpServer();
        await using var coordinator = await StartAsync(server);
        await QueueAsync("researcher@example.org");

        await SendAsync(coordinator);
        await SendAsync(coordinator);

        var mail = Assert.Single(server.Messages);
        Assert.Contains("Subject: failed: [flu] extract", mail);
        Assert.Contains("To: researcher@example.org", mail);
        Assert.Contains("It ended with exit code 1.", mail);
        Assert.Contains("https://jobs.example.org/jobs/0123456789abcdef", mail);
        Assert.Contains("Message-Id: <outbox-", mail);
        Assert.NotNull((await MessageAsync()).SentAt);
    }

    [Fact]
    public void The_html_says_what_the_text_says_and_takes_no_markup_from_names()
    {
        var mail = MimeMessageOf("<script>alert(1)</script>");

        Assert.Contains("The action extract of the workspace <script>alert(1)</script> has failed.", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("The action extract of the workspace &lt;script&gt;alert(1)&lt;/script&gt; has failed.", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("href=\"https://jobs.example.org/jobs/0123456789abcdef\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(("The site", "help@example.org"), (mail.From.Mailboxes.Single().Name, mail.ReplyTo.Mailboxes.Single().Address));
        Assert.All(new[] { mail.TextBody, mail.HtmlBody }, body => Assert.Contains("Questions: help@example.org", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failing_server_is_tried_again_by_the_schedule()
    {
        await using var server = new TestSmtpServer { IsFailing = true };
        await using var coordinator = await StartAsync(server);
        await QueueAsync("researcher@example.org");

        await SendAsync(coordinator);
        await SendAsync(coordinator);

        var failed = await MessageAsync();
        Assert.Equal((1, Site.Now.AddSeconds(30), null), (failed.Attempts, failed.NextAttemptAt, failed.SentAt));
        Assert.Contains("the disk is full", failed.LastError);

        server.IsFailing = false;
        Site.Clock.Advance(TimeSpan.FromSeconds(31));
        await Eventually.HoldsAsync(async () => (await MessageAsync()).SentAt is not null, "the message is sent");
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task A_message_that_cannot_be_sent_does_not_hold_up_the_next()
    {
        await using var server = new TestSmtpServer();
        await using var coordinator = await StartAsync(server);
        await QueueAsync("no address at all <");
        await QueueAsync("researcher@example.org");

        await SendAsync(coordinator);

        Assert.Contains("researcher@example.org", Assert.Single(server.Messages));
    }

    [Fact]
    public async Task A_name_with_a_line_break_makes_no_header()
    {
        await using var server = new TestSmtpServer();
        await using var coordinator = await StartAsync(server);
        await QueueAsync("researcher@example.org", "flu\r\nBcc: everybody@example.org");

        await SendAsync(coordinator);

        Assert.DoesNotContain(
            Assert.Single(server.Messages).Split(Environment.NewLine).TakeWhile(line => line.Length > 0),
            line => line.StartsWith("Bcc:", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Without_a_mail_server_every_message_is_a_file_even_at_one_instant()
    {
        await using var coordinator = await TestCoordinator.StartAsync(Site);
        await QueueAsync("one@example.org");
        await QueueAsync("two@example.org");

        await SendAsync(coordinator);

        var files = Directory.GetFiles(Path.Combine(Site.Database.Folder, "mail"), "*.eml");
        Assert.Equal(2, files.Length);
    }

    [Theory]
    [InlineData("127.0.0.1", 25, SecureSocketOptions.StartTlsWhenAvailable)]
    [InlineData("mail.example.org", 587, SecureSocketOptions.StartTls)]
    [InlineData("mail.example.org", 25, SecureSocketOptions.StartTls)]
    [InlineData("mail.example.org", 465, SecureSocketOptions.SslOnConnect)]
    public void Only_a_server_on_loopback_may_do_without_tls(string host, int port, SecureSocketOptions security) =>
        Assert.Equal(security, SmtpDelivery.SecurityOf(new MailOptions { Host = host, Port = port }));

    [Fact]
    public void The_message_that_verifies_an_address_has_the_link_and_says_what_to_do_otherwise()
    {
        var mail = Mails.Of(
            Outbox.Message(
                MessageTemplate.VerifyAddress,
                "ada@example.net",
                new VerifyAddressNotice { Login = "octo", Path = "/settings/verify?t=abc%2Bdef", Until = Site.Now.AddHours(24) },
                Site.Now),
            new MailOptions { PortalAddress = "https://jobs.example.org/" });

        Assert.Equal("Verify your address for notifications", mail.Subject);
        Assert.Contains("octo asked for notifications", mail.TextBody);
        Assert.Contains("https://jobs.example.org/settings/verify?t=abc%2Bdef", mail.TextBody);
        Assert.Contains("If it was not you, do nothing", mail.TextBody);
        Assert.Contains("2026-03-03 09:00 UTC", mail.TextBody);
    }

    private Task<TestCoordinator> StartAsync(TestSmtpServer server) => TestCoordinator.StartAsync(Site, new(StringComparer.Ordinal)
    {
        ["Mail:Host"] = "127.0.0.1",
        ["Mail:Port"] = $"{server.Port}",
        ["Mail:PortalAddress"] = "https://jobs.example.org/",
    });

    /// <summary>One round; the loop may be in the middle of its own.</summary>
    private static Task SendAsync(TestCoordinator coordinator) => coordinator.Get<OutboxSender>().RunOnceAsync(None);

    private Task<OutboxMessage> MessageAsync() => Site.Database.ReadAsync(db => db.OutboxMessages.AsNoTracking().SingleAsync());

    private MimeKit.MimeMessage MimeMessageOf(string workspace) => Mails.Of(
        Message("researcher@example.org", workspace),
        new MailOptions { PortalAddress = "https://jobs.example.org/", SiteName = "The site", Contact = "help@example.org" });

    private Task QueueAsync(string recipient, string workspace = "flu") => Site.Database.AddAsync(Message(recipient, workspace));

    private OutboxMessage Message(string recipient, string workspace) => Outbox.Message(
        MessageTemplate.JobEnded,
        recipient,
        new JobEndedNotice
        {
            JobId = "0123456789abcdef",
            RequestNumber = 1,
            Workspace = workspace,
            Action = "extract",
            State = JobState.Failed,
            StatusMessage = "It ended with exit code 1.",
            StartedAt = Site.Now,
            CompletedAt = Site.Now.AddSeconds(5),
        },
        Site.Now);
}
