using JobServer.Data.Applications;
using JobServer.Data.Audit;
using JobServer.Domain.Applications;
using JobServer.Domain.Audit;
using JobServer.Domain.Notifications;
using JobServer.Domain.Users;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Applications;

public sealed class ApplicationWritesTests : SiteTest
{
    private const string Key = "study-information";

    [Fact]
    public async Task Submitting_stores_the_time_and_queues_the_acknowledgement_with_it()
    {
        var (person, application) = await StartAsync();

        Assert.Equal(ApplicationOutcome.Done, await Writes.SubmitAsync(application.Id, application.Revision, person.Id, "Sleep & heart", None));

        var stored = await ReadAsync(application.Id);
        Assert.Equal((ApplicationStatus.Submitted, Site.Now, person.Id), (stored.Status, stored.SubmittedAt, stored.SubmittedById));
        var mail = await Site.Database.ReadAsync(db => db.OutboxMessages.SingleAsync());
        Assert.Equal((MessageTemplate.ApplicationReceived, person.Email), (mail.Template, mail.Recipient));
        Assert.Contains(application.PublicId, mail.Data, StringComparison.Ordinal);
        Assert.Equal(
            [AuditAct.ApplicationStarted, AuditAct.ApplicationSubmitted],
            await Site.Database.ReadAsync(db => db.AuditEntries.OrderBy(entry => entry.Sequence).Select(entry => entry.Act).ToListAsync()));
    }

    [Fact]
    public async Task An_application_is_submitted_once_and_as_it_was_checked()
    {
        var (person, application) = await StartAsync();
        await SaveAsync(application, "{}", null);

        Assert.Equal(ApplicationOutcome.ChangedMeanwhile, await Writes.SubmitAsync(application.Id, application.Revision, person.Id, "S", None));
        var now = await ReadAsync(application.Id);
        Assert.Equal(ApplicationOutcome.Done, await Writes.SubmitAsync(application.Id, now.Revision, person.Id, "S", None));
        Assert.Equal(ApplicationOutcome.Closed, await Writes.SubmitAsync(application.Id, now.Revision, person.Id, "S", None));
        Assert.Equal(1, await Site.Database.ReadAsync(db => db.OutboxMessages.CountAsync()));
    }

    [Fact]
    public async Task A_changed_page_waits_for_its_reviewers_again_and_an_unchanged_one_does_not()
    {
        var (_, application) = await StartAsync();
        await SaveAsync(application, """{"a":"1"}""", null);
        await Site.Database.WriteAsync(async (db, token) =>
        {
            var page = await db.ApplicationPages.SingleAsync(token);
            (page.Verdict, page.Notes) = (PageVerdict.Accepted, "Clear.");
            return page;
        });
        var reviewed = await PageAsync();

        Assert.Equal(ApplicationOutcome.Done, await SaveAsync(application, """{"a":"1"}""", reviewed.Revision));
        Assert.Equal(PageVerdict.Accepted, (await PageAsync()).Verdict);

        Assert.Equal(ApplicationOutcome.Done, await SaveAsync(application, """{"a":"2"}""", reviewed.Revision));
        Assert.Equal((null, "Clear."), ((await PageAsync()).Verdict, (await PageAsync()).Notes));
    }

    [Fact]
    public async Task A_page_that_was_saved_in_another_window_is_not_written_over()
    {
        var (_, application) = await StartAsync();
        await SaveAsync(application, """{"a":"1"}""", null);

        Assert.Equal(ApplicationOutcome.ChangedMeanwhile, await SaveAsync(application, """{"a":"2"}""", null));
        var page = await PageAsync();
        Assert.Equal(ApplicationOutcome.Done, await SaveAsync(application, """{"a":"3"}""", page.Revision));
        Assert.Equal(ApplicationOutcome.ChangedMeanwhile, await SaveAsync(application, """{"a":"4"}""", page.Revision));
        Assert.Equal("""{"a":"3"}""", (await PageAsync()).Answers);
    }

    [Theory]
    [InlineData(ApplicationStatus.Ongoing, true)]
    [InlineData(ApplicationStatus.Submitted, false)]
    [InlineData(ApplicationStatus.Deferred, true)]
    [InlineData(ApplicationStatus.ApprovedSubjectTo, true)]
    [InlineData(ApplicationStatus.ApprovedFully, false)]
    [InlineData(ApplicationStatus.Rejected, false)]
    [InlineData(ApplicationStatus.Completed, false)]
    public async Task Nothing_is_written_into_an_application_whose_status_does_not_allow_it(ApplicationStatus status, bool isOpen)
    {
        var (_, application) = await StartAsync();
        await SetStatusAsync(application.Id, status);
        var expected = isOpen ? ApplicationOutcome.Done : ApplicationOutcome.Closed;

        Assert.Equal(expected, await SaveAsync(application, "{}", null));
        Assert.Equal(expected, await AddResearcherAsync(application));
        Assert.Equal(expected, await Answers.RemoveResearcherAsync(application.Id, 1, None));
        Assert.Equal(isOpen ? 1 : 0, await Site.Database.ReadAsync(db => db.ApplicationPages.CountAsync()));
    }

    [Fact]
    public async Task A_deleted_application_takes_nothing_until_its_applicant_restores_it()
    {
        var (person, application) = await StartAsync();
        var other = await Site.CreateUserAsync();

        Assert.Equal(ApplicationOutcome.Closed, await Writes.DeleteAsync(application.Id, other.Id, None));
        Assert.Equal(ApplicationOutcome.Done, await Writes.DeleteAsync(application.Id, person.Id, None));
        Assert.Equal(ApplicationOutcome.Closed, await SaveAsync(application, "{}", null));
        Assert.Equal(ApplicationOutcome.Closed, await Writes.SubmitAsync(application.Id, 1, person.Id, "S", None));
        Assert.Equal(ApplicationOutcome.Closed, await Writes.RestoreAsync(application.Id, other.Id, None));
        Assert.Equal(ApplicationOutcome.Done, await Writes.RestoreAsync(application.Id, person.Id, None));
        Assert.Equal(ApplicationOutcome.Done, await SaveAsync(application, "{}", null));
        Assert.Null(await Site.Database.ReadAsync(db => Site.Get<AuditLog>().FindBreakAsync(db, [], None)));
    }

    [Fact]
    public async Task An_approved_application_cannot_be_deleted()
    {
        var (person, application) = await StartAsync();
        await SetStatusAsync(application.Id, ApplicationStatus.ApprovedFully);

        Assert.Equal(ApplicationOutcome.Closed, await Writes.DeleteAsync(application.Id, person.Id, None));
    }

    [Fact]
    public async Task A_person_starts_a_bounded_number_of_applications()
    {
        var person = await Site.CreateUserAsync();
        for (var i = 0; i < ApplicationWrites.MostUnsubmitted; i++)
        {
            Assert.NotNull(await Writes.StartAsync(person.Id, None));
        }

        Assert.Null(await Writes.StartAsync(person.Id, None));
        Assert.NotNull(await Writes.StartAsync((await Site.CreateUserAsync()).Id, None));
    }

    [Fact]
    public async Task An_application_names_a_bounded_number_of_researchers()
    {
        var (_, application) = await StartAsync();
        for (var i = 0; i < ApplicationAnswerWrites.MostResearchers; i++)
        {
            await AddResearcherAsync(application);
        }

        Assert.Equal(ApplicationOutcome.TooMany, await AddResearcherAsync(application));
    }

    private ApplicationWrites Writes => Site.Get<ApplicationWrites>();

    private ApplicationAnswerWrites Answers => Site.Get<ApplicationAnswerWrites>();

    private async Task<(User Person, Application Application)> StartAsync()
    {
        var person = await Site.CreateUserAsync();
        var publicId = await Writes.StartAsync(person.Id, None);
        return (person, await Site.Database.ReadAsync(db => db.Applications.AsNoTracking().SingleAsync(row => row.PublicId == publicId)));
    }

    private Task<Application> ReadAsync(int id) => Site.Database.ReadAsync(db => db.Applications.AsNoTracking().SingleAsync(row => row.Id == id));

    private Task<ApplicationPage> PageAsync() => Site.Database.ReadAsync(db => db.ApplicationPages.AsNoTracking().SingleAsync());

    private Task<ApplicationOutcome> SaveAsync(Application application, string answers, int? revision) => Answers.SaveAsync(
        new SavePage { ApplicationId = application.Id, Key = Key, Answers = answers, Revision = revision, PersonId = application.CreatedById }, None);

    private Task<ApplicationOutcome> AddResearcherAsync(Application application) => Answers.SaveAsync(
        new SaveResearcher { ApplicationId = application.Id, ResearcherId = null, Revision = 0, Name = "Ana", Answers = "{}" }, None);

    private Task<int> SetStatusAsync(int id, ApplicationStatus status) => Site.Database.WriteAsync((db, token) =>
        db.Applications.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, status), token));
}
