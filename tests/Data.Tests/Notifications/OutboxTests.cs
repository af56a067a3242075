using System.Text.Json;
using JobServer.Data.Jobs;
using JobServer.Data.Notifications;
using JobServer.Domain.Jobs;
using JobServer.Domain.Notifications;
using JobServer.Domain.Users;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Notifications;

public sealed class OutboxTests : SiteTest
{
    private Outbox Outbox => Site.Get<Outbox>();

    [Fact]
    public async Task A_message_is_tried_seven_times_and_then_left_for_a_person()
    {
        await AddAsync("a@example.org");
        TimeSpan[] waits =
        [
            TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24),
        ];
        foreach (var wait in waits)
        {
            await Outbox.MarkFailedAsync(Assert.Single(await DueAsync()), "refused", None);
            Site.Clock.Advance(wait - TimeSpan.FromSeconds(1));
            Assert.Empty(await DueAsync());
            Site.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await Outbox.MarkFailedAsync(Assert.Single(await DueAsync()), new string('x', 5000), None);

        Site.Clock.Advance(TimeSpan.FromDays(365));
        Assert.Empty(await DueAsync());
        var row = await Site.Database.ReadAsync(db => db.OutboxMessages.SingleAsync());
        Assert.Equal((7, 1000), (row.Attempts, row.LastError!.Length));
        Assert.NotNull(row.AbandonedAt);
    }

    [Fact]
    public async Task A_message_that_was_sent_is_not_due_again()
    {
        var message = await AddAsync("a@example.org");
        await Outbox.MarkSentAsync(message.Id, None);
        await Outbox.MarkFailedAsync(message, "too late", None);

        Assert.Empty(await DueAsync());
        Assert.Equal(0, (await Site.Database.ReadAsync(db => db.OutboxMessages.SingleAsync())).Attempts);
    }

    [Fact]
    public async Task Two_senders_that_fail_at_once_count_as_one_try()
    {
        var message = await AddAsync("a@example.org");
        await Outbox.MarkFailedAsync(message, "refused", None);
        await Outbox.MarkFailedAsync(message, "refused", None);

        Assert.Equal(1, (await Site.Database.ReadAsync(db => db.OutboxMessages.SingleAsync())).Attempts);
    }

    [Fact]
    public async Task Due_messages_come_oldest_first_and_bounded()
    {
        await AddAsync("a@example.org");
        await AddAsync("b@example.org");
        await AddAsync("c@example.org");

        Assert.Equal(["a@example.org", "b@example.org"], (await Outbox.DueAsync(2, None)).Select(message => message.Recipient));
    }

    [Fact]
    public async Task Every_ended_job_makes_one_message_when_the_person_asked_for_it()
    {
        var study = await Site.CreateStudyAsync();
        var agent = await Site.OpenSessionAsync(study.Backend);
        await Site.TrySubmitAsync(study, ProjectYaml.Chain, command => command with { WillNotify = true }, "run_all");
        var job = await agent.ClaimOneAsync();
        await agent.StartAsync(job);
        Assert.Empty(await DueAsync());
        var report = agent.Report(job, JobTrigger.ReportFailed);
        await agent.SendAsync(report);
        await agent.SendAsync(report);

        var messages = await DueAsync();

        Assert.Equal(3, messages.Count);
        Assert.All(messages, message => Assert.Equal(study.Developer.Email, message.Recipient));
        Assert.Single(messages, message => message.Data.Contains("\"action\":\"first\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_chose_one_message_for_each_request_gets_it_when_its_last_job_has_ended()
    {
        var study = await Site.CreateStudyAsync();
        await Site.Database.WriteAsync((db, token) => db.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.NotifyOf, NotificationChoice.EachRequest), token));
        var agent = await Site.OpenSessionAsync(study.Backend);
        await Site.TrySubmitAsync(study, ProjectYaml.Wide(2), command => command with { WillNotify = true }, "run_all");
        var jobs = await agent.ClaimAsync();
        await agent.StartAsync(jobs[0]);
        await agent.StartAsync(jobs[1]);
        await agent.SucceedAsync(jobs[0]);
        Assert.Empty(await DueAsync());

        await agent.FailAsync(jobs[1]);

        var message = Assert.Single(await DueAsync());
        Assert.Equal((MessageTemplate.RequestEnded, study.Developer.Email), (message.Template, message.Recipient));
        var notice = JsonSerializer.Deserialize<RequestEndedNotice>(message.Data, JsonSerializerOptions.Web)!;
        Assert.Equal((1, 1), (notice.Succeeded, notice.Failed));
        Assert.Equal("a01", Assert.Single(notice.Failures).Action);
    }

    [Fact]
    public async Task Nobody_gets_mail_who_did_not_ask_for_it()
    {
        var study = await Site.CreateStudyAsync();
        var agent = await Site.OpenSessionAsync(study.Backend);
        await Site.SubmitAsync(study, ProjectYaml.One, "alone");
        await agent.FailAsync(await agent.ClaimOneAsync());

        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task A_person_without_an_address_is_no_error()
    {
        var study = await Site.CreateStudyAsync();
        await Site.Database.WriteAsync((db, token) => db.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.Email, (string?)null), token));
        var agent = await Site.OpenSessionAsync(study.Backend);
        await Site.TrySubmitAsync(study, ProjectYaml.One, command => command with { WillNotify = true }, "alone");

        await agent.FailAsync(await agent.ClaimOneAsync());

        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task A_lost_attempt_that_is_tried_again_makes_no_message()
    {
        var study = await Site.CreateStudyAsync();
        var agent = await Site.OpenSessionAsync(study.Backend);
        await Site.TrySubmitAsync(study, ProjectYaml.One, command => command with { WillNotify = true }, "alone");

        Assert.Equal(LeaseChange.Queued, await agent.LoseAsync(await agent.ClaimOneAsync()));

        Assert.Empty(await DueAsync());
    }

    private Task<IReadOnlyList<OutboxMessage>> DueAsync() => Outbox.DueAsync(10, None);

    private Task<OutboxMessage> AddAsync(string recipient) =>
        Site.Database.AddAsync(Outbox.Message(MessageTemplate.JobEnded, recipient, new { }, Site.Now));
}
