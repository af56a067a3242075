using JobServer.Data.Applications;
using JobServer.Domain.Applications;
using JobServer.Domain.Audit;
using JobServer.Domain.Notifications;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Applications;

public sealed class ApplicationReviewsTests : ReviewTest
{
    [Fact]
    public async Task A_verdict_is_stored_with_its_notes_and_its_line_in_the_audit_log()
    {
        Assert.Equal(ReviewOutcome.Done, await ReviewAsync(0, null, PageVerdict.NeedsChange, "Which years?"));

        var page = (await StoredAsync()).Pages.Single();
        Assert.Equal((PageVerdict.NeedsChange, "Which years?", Admin.Id, Site.Now), (page.Verdict, page.Notes, page.ReviewedById, page.ReviewedAt));
        Assert.Equal([AuditAct.ApplicationPageReviewed], await ActsAsync());
    }

    [Fact]
    public async Task Of_two_reviewers_with_the_page_open_the_second_is_told()
    {
        Assert.Equal(ReviewOutcome.Done, await ReviewAsync(0, null, PageVerdict.Accepted));
        Site.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(ReviewOutcome.ReviewedMeanwhile, await ReviewAsync(0, null, PageVerdict.NeedsChange));
        Assert.Equal(PageVerdict.Accepted, (await StoredAsync()).Pages.Single().Verdict);
        var seen = (await StoredAsync()).Pages.Single().ReviewedAt;
        Assert.Equal(ReviewOutcome.Done, await ReviewAsync(0, seen, PageVerdict.NeedsChange));
    }

    [Fact]
    public async Task A_verdict_is_on_the_answers_that_were_read()
    {
        await PutAsync(ApplicationStatus.Deferred);
        Assert.Equal(ApplicationOutcome.Done, await SaveAsync("""{"study_name":"Sleep and age"}""", 0));

        Assert.Equal(ReviewOutcome.AnswersChanged, await ReviewAsync(0, null, PageVerdict.Accepted));
        Assert.Null((await StoredAsync()).Pages.Single().Verdict);
    }

    [Fact]
    public async Task A_verdict_turns_no_applicant_away_who_has_the_page_open()
    {
        await PutAsync(ApplicationStatus.Deferred);
        Assert.Equal(ReviewOutcome.Done, await ReviewAsync(0, null, PageVerdict.Accepted));

        Assert.Equal(ApplicationOutcome.Done, await SaveAsync("""{"study_name":"Sleep and age"}""", 0));
        Assert.Null((await StoredAsync()).Pages.Single().Verdict);
    }

    [Theory]
    [InlineData(ApplicationStatus.Ongoing, false)]
    [InlineData(ApplicationStatus.Submitted, true)]
    [InlineData(ApplicationStatus.Deferred, true)]
    [InlineData(ApplicationStatus.ApprovedSubjectTo, true)]
    [InlineData(ApplicationStatus.ApprovedFully, false)]
    [InlineData(ApplicationStatus.Rejected, false)]
    [InlineData(ApplicationStatus.Completed, false)]
    public async Task Verdicts_and_decisions_are_given_while_the_application_is_under_review(ApplicationStatus status, bool isOpen)
    {
        await PutAsync(status);

        Assert.Equal(isOpen ? ReviewOutcome.Done : ReviewOutcome.Closed, await ReviewAsync(0, null, PageVerdict.Accepted));
        Assert.Equal(isOpen ? ApplicationOutcome.Done : ApplicationOutcome.Closed, await DecideAsync(0, DecisionKind.Governance, DecisionOutcome.Approve));
    }

    [Fact]
    public async Task A_deleted_application_takes_no_verdict_no_decision_and_no_status()
    {
        DateTimeOffset? now = Site.Now;
        await Site.Database.WriteAsync((db, token) => db.Applications.ExecuteUpdateAsync(set => set.SetProperty(row => row.DeletedAt, now), token));

        Assert.Equal(ReviewOutcome.Closed, await ReviewAsync(0, null, PageVerdict.Accepted));
        Assert.Equal(ApplicationOutcome.Closed, await DecideAsync(0, DecisionKind.Technical, DecisionOutcome.Approve));
        Assert.Equal(ApplicationOutcome.Closed, await SetAsync(0, ApplicationStatus.Rejected));
    }

    [Fact]
    public async Task The_two_decisions_are_given_apart_and_can_be_changed()
    {
        Assert.Equal(ApplicationOutcome.Done, await DecideAsync(0, DecisionKind.Governance, DecisionOutcome.Reject, "No consent"));
        Assert.Equal(ApplicationOutcome.Done, await DecideAsync(1, DecisionKind.Technical, DecisionOutcome.Approve));
        Assert.Equal(ApplicationOutcome.Done, await DecideAsync(2, DecisionKind.Governance, DecisionOutcome.Approve, "Consent came"));

        var stored = await StoredAsync();
        Assert.Equal(
            (DecisionOutcome.Approve, "Consent came", Admin.Id, DecisionOutcome.Approve),
            (stored.Governance.Outcome, stored.Governance.Notes, stored.Governance.ById, stored.Technical.Outcome));
        Assert.Equal(Enumerable.Repeat(AuditAct.ApplicationDecided, 3), await ActsAsync());
        var last = await Site.Database.ReadAsync(db => db.AuditEntries.OrderByDescending(entry => entry.Sequence).Select(entry => entry.Details).FirstAsync());
        Assert.Contains("\"from\":\"reject\",\"to\":\"approve\"", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_decide_at_once_one_is_told_that_it_changed()
    {
        var outcomes = await Task.WhenAll(
            DecideAsync(0, DecisionKind.Governance, DecisionOutcome.Approve), DecideAsync(0, DecisionKind.Governance, DecisionOutcome.Reject));

        Assert.Equal([ApplicationOutcome.Done, ApplicationOutcome.ChangedMeanwhile], outcomes.Order());
        Assert.Single(await ActsAsync());
    }

    [Fact]
    public async Task A_status_is_set_with_the_comment_and_the_applicant_is_told()
    {
        Assert.Equal(ApplicationOutcome.Done, await SetAsync(0, ApplicationStatus.Deferred, "Name the funder."));

        var stored = await StoredAsync();
        Assert.Equal(
            (ApplicationStatus.Deferred, "Name the funder.", Site.Now, Admin.Id),
            (stored.Status, stored.StatusComment, stored.StatusChangedAt, stored.StatusChangedById));
        Assert.Equal([AuditAct.ApplicationStatusChanged], await ActsAsync());
        var mail = await Site.Database.ReadAsync(db => db.OutboxMessages.SingleAsync());
        Assert.Equal((MessageTemplate.ApplicationReviewed, Applicant.Email), (mail.Template, mail.Recipient));
        Assert.Contains("Name the funder.", mail.Data, StringComparison.Ordinal);
        Assert.Contains("\"Deferred\"", mail.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_that_somebody_changed_is_not_written_over()
    {
        Assert.Equal(ApplicationOutcome.Done, await SetAsync(0, ApplicationStatus.Deferred));

        Assert.Equal(ApplicationOutcome.ChangedMeanwhile, await SetAsync(0, ApplicationStatus.Rejected));
        Assert.Equal(ApplicationStatus.Deferred, (await StoredAsync()).Status);
        Assert.Equal(1, await MailsAsync());
    }

    [Theory]
    [InlineData(ApplicationStatus.Ongoing, ApplicationStatus.Rejected)]
    [InlineData(ApplicationStatus.Submitted, ApplicationStatus.Submitted)]
    [InlineData(ApplicationStatus.Submitted, ApplicationStatus.Completed)]
    [InlineData(ApplicationStatus.ApprovedFully, ApplicationStatus.Rejected)]
    public async Task A_status_that_does_not_follow_is_refused(ApplicationStatus from, ApplicationStatus to)
    {
        await PutAsync(from);

        Assert.Equal(ApplicationOutcome.Closed, await SetAsync(0, to));
        Assert.Equal((from, 0), ((await StoredAsync()).Status, await MailsAsync()));
    }

    [Fact]
    public async Task Nothing_is_approved_by_setting_a_status_but_a_completed_study_goes_on()
    {
        Assert.Equal(ApplicationOutcome.Closed, await SetAsync(0, ApplicationStatus.ApprovedFully));
        await PutAsync(ApplicationStatus.Completed);

        Assert.Equal(ApplicationOutcome.Done, await SetAsync(0, ApplicationStatus.ApprovedFully));
        Assert.Equal(0, await Site.Database.ReadAsync(db => db.Projects.CountAsync()));
    }

    [Fact]
    public async Task Without_its_line_in_the_audit_log_nothing_is_written()
    {
        await BreakAuditAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => ReviewAsync(0, null, PageVerdict.Accepted));
        await Assert.ThrowsAnyAsync<Exception>(() => DecideAsync(0, DecisionKind.Technical, DecisionOutcome.Approve));
        await Assert.ThrowsAnyAsync<Exception>(() => SetAsync(0, ApplicationStatus.Rejected));

        var stored = await StoredAsync();
        Assert.Equal((ApplicationStatus.Submitted, null, null, 0), (stored.Status, stored.Technical.Outcome, stored.Pages.Single().Verdict, await MailsAsync()));
    }

    private Task<ReviewOutcome> ReviewAsync(int revision, DateTimeOffset? seen, PageVerdict verdict, string notes = "") => Reviews.ReviewAsync(
        new ReviewPage { ApplicationId = Application.Id, Key = Key, Revision = revision, ReviewedAt = seen, Verdict = verdict, Notes = notes, PersonId = Admin.Id }, None);

    private Task<ApplicationOutcome> DecideAsync(int revision, DecisionKind kind, DecisionOutcome outcome, string notes = "") => Reviews.DecideAsync(
        new GiveDecision { ApplicationId = Application.Id, Revision = revision, Kind = kind, Outcome = outcome, Notes = notes, PersonId = Admin.Id }, None);

    private Task<ApplicationOutcome> SetAsync(int revision, ApplicationStatus status, string comment = "") => Reviews.SetStatusAsync(
        new SetStatus { ApplicationId = Application.Id, Revision = revision, Status = status, Comment = comment, PersonId = Admin.Id }, None);

    private Task<ApplicationOutcome> SaveAsync(string answers, int revision) => Site.Get<ApplicationAnswerWrites>().SaveAsync(
        new SavePage { ApplicationId = Application.Id, Key = Key, Answers = answers, Revision = revision, PersonId = Applicant.Id }, None);
}
