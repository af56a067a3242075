using System.Net;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Domain.Notifications;
using Microsoft.EntityFrameworkCore;
using static JobServer.Portal.Tests.Admin.ReviewedApplications;

namespace JobServer.Portal.Tests.Admin;

public sealed class ApplicationDecisionTests
{
    [Theory]
    [InlineData(Role.GovernanceReviewer, "Governance", "governance", "Technical")]
    [InlineData(Role.TechnicalReviewer, "Technical", "technical", "Governance")]
    public async Task A_reviewer_gives_the_decision_of_their_role_and_can_change_it(Role role, string kind, string field, string other)
    {
        await using var all = await StartAsync();
        var application = await all.MakeAsync();
        var reviewer = await all.SignInAsync(role);

        var page = await reviewer.PageAsync(AddressOf(application));
        var form = Assert.Single(page.QuerySelectorAll("main form[method=post]"));
        Assert.EndsWith($"?handler={kind}", form.GetAttribute("action"), StringComparison.Ordinal);
        Assert.Contains($"To give the {other.ToLowerInvariant()} decision you need the role {other} Reviewer", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        AssertLeadsTo(AddressOf(application), await reviewer.SubmitAsync(FormOf(page, $"?handler={kind}"), ($"{field}_outcome", "reject"), ($"{field}_notes", "Not yet <b>clear</b>.")));

        page = await reviewer.PageAsync(AddressOf(application));
        Assert.Contains("Not yet <b>clear</b>.", page.QuerySelector($"section[aria-labelledby=decision-{kind}]")!.TextContent, StringComparison.Ordinal);
        await reviewer.SubmitAsync(FormOf(page, $"?handler={kind}"), ($"{field}_outcome", "approve"), ($"{field}_notes", ""));
        var stored = await all.StoredAsync(application);
        Assert.Equal(DecisionOutcome.Approve, (role == Role.GovernanceReviewer ? stored.Governance : stored.Technical).Outcome);
        Assert.Null((role == Role.GovernanceReviewer ? stored.Technical : stored.Governance).Outcome);
    }

    [Fact]
    public async Task A_decision_of_another_role_is_refused_also_when_it_is_sent_blindly()
    {
        await using var all = await StartAsync();
        var application = await all.MakeAsync();
        var reviewer = await all.SignInAsync(Role.GovernanceReviewer);
        var token = (await reviewer.PageAsync(AddressOf(application))).QuerySelector("input[name=__form]")!.GetAttribute("value")!;

        foreach (var (handler, field, value) in new[] { ("Technical", "technical_outcome", "approve"), ("Status", "status", "rejected") })
        {
            var response = await reviewer.PostBlindAsync(AddressOf(application, $"?handler={handler}"), ("__form", token), ("revision", "0"), (field, value), ("comment", "x"));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        var stored = await all.StoredAsync(application);
        Assert.Equal((ApplicationStatus.Submitted, null), (stored.Status, stored.Technical.Outcome));
    }

    [Fact]
    public async Task A_decision_on_a_page_that_is_out_of_date_is_not_written_and_what_was_typed_is_kept()
    {
        await using var all = await StartAsync();
        var application = await all.MakeAsync();
        var (one, other) = (await all.SignInAsync(Role.GovernanceReviewer), await all.SignInAsync(Role.GovernanceReviewer));
        var form = FormOf(await other.PageAsync(AddressOf(application)), "?handler=Governance");
        await one.SubmitAsync(FormOf(await one.PageAsync(AddressOf(application)), "?handler=Governance"), ("governance_outcome", "approve"), ("governance_notes", "All there."));

        var told = await RefusedAsync(await other.SubmitAsync(form, ("governance_outcome", "reject"), ("governance_notes", "Typed for hours")));

        Assert.Contains("somebody changed the application", told.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Typed for hours", told.QuerySelector("#governance_notes")!.TextContent);
        Assert.Contains("All there.", told.QuerySelector("section[aria-labelledby=decision-Governance]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(DecisionOutcome.Approve, (await all.StoredAsync(application)).Governance.Outcome);
        await other.SubmitAsync(FormOf(told, "?handler=Governance"), ("governance_outcome", "reject"), ("governance_notes", ""));
        Assert.Equal(DecisionOutcome.Reject, (await all.StoredAsync(application)).Governance.Outcome);
    }

    [Fact]
    public async Task An_admin_sets_a_status_with_a_comment_and_the_applicant_reads_it()
    {
        await using var all = await StartAsync();
        var person = await all.Site.Data.CreateUserAsync();
        var application = await all.MakeAsync(applicant: person);
        var admin = await all.SignInAsync(Role.CoreDeveloper);
        var page = await admin.PageAsync(AddressOf(application));
        Assert.Equal(
            ["ongoing", "deferred", "approved_subject_to", "rejected"],
            page.QuerySelectorAll("input[name=status]").Select(input => input.GetAttribute("value")));

        var form = FormOf(page, "?handler=Status");
        Assert.NotNull((await RefusedAsync(await admin.SubmitAsync(form))).QuerySelector("a[href='#status']"));
        Assert.NotNull((await RefusedAsync(await admin.SubmitAsync(form, ("status", "deferred")))).QuerySelector("a[href='#comment']"));
        Assert.NotNull((await RefusedAsync(await admin.SubmitAsync(form, ("status", "approved_fully"), ("comment", "x")))).QuerySelector("a[href='#status']"));
        AssertLeadsTo(AddressOf(application), await admin.SubmitAsync(form, ("status", "deferred"), ("comment", "Name the funder.")));

        var seen = await (await all.Site.SignInAsync(person)).PageAsync("/applications");
        Assert.Contains("Name the funder.", seen.QuerySelector(".application-list")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Deferred", seen.QuerySelector(".application-list .pill")!.TextContent.Trim());
        Assert.Equal(MessageTemplate.ApplicationReviewed, (await all.Site.Data.Database.ReadAsync(db => db.OutboxMessages.SingleAsync())).Template);
        Assert.Contains("set by", (await admin.PageAsync(AddressOf(application))).QuerySelector("section[aria-labelledby=summary]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_admins_with_the_page_open_do_not_write_over_each_other()
    {
        await using var all = await StartAsync();
        var application = await all.MakeAsync();
        var (one, other) = (await all.SignInAsync(Role.CoreDeveloper), await all.SignInAsync(Role.CoreDeveloper));
        var form = FormOf(await other.PageAsync(AddressOf(application)), "?handler=Status");
        await one.SubmitAsync(FormOf(await one.PageAsync(AddressOf(application)), "?handler=Status"), ("status", "deferred"), ("comment", "Mine"));

        var told = await RefusedAsync(await other.SubmitAsync(form, ("status", "rejected"), ("comment", "Typed for hours")));

        Assert.Contains("Typed for hours", told.QuerySelector("#comment")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((ApplicationStatus.Deferred, "Mine"), ((await all.StoredAsync(application)).Status, (await all.StoredAsync(application)).StatusComment));
    }

    [Fact]
    public async Task An_application_that_was_not_submitted_waits_for_its_applicant()
    {
        await using var all = await StartAsync();
        var application = await all.MakeAsync(status: ApplicationStatus.Ongoing);
        var admin = await all.SignInAsync(Role.CoreDeveloper, Role.GovernanceReviewer);

        var page = await admin.PageAsync(AddressOf(application));

        Assert.Empty(page.QuerySelectorAll("main form[method=post]"));
        Assert.Contains("not been submitted", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        AssertLeadsTo(AddressOf(application), await admin.GetAsync(AddressOf(application, "/approve")));
    }
}
