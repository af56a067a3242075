using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Releases;

public sealed class DeleteFileTests
{
    [Theory]
    [InlineData(ReleasePolicy.Reviewed, Role.OutputChecker)]
    [InlineData(ReleasePolicy.Automatic, Role.OutputChecker)]
    [InlineData(ReleasePolicy.Automatic, Role.ProjectDeveloper)]
    public async Task A_file_is_deleted_with_a_reason_and_the_act_is_in_the_audit_log(ReleasePolicy policy, Role role)
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(policy, ("output/a.csv", "a"));
        var person = await site.Data.CreateUserAsync(role);
        var browser = await site.SignInAsync(person);
        var list = await browser.PageAsync($"{site.Address}/releases");
        var form = Form(await browser.PageAsync(list.QuerySelector("a.btn-outline-danger")!.GetAttribute("href")!));

        var response = await browser.SubmitAsync(form, ("Reason", "  It names a practice. "));

        Assert.Equal($"{site.Address}/releases", response.Headers.Location!.ToString());
        var row = await site.RowAsync(release.Files[0]);
        Assert.Equal((site.Data.Now, (int?)person.Id, "It names a practice."), (row.DeletedAt!.Value, row.DeletedById, row.DeletedReason));
        var entry = await site.Data.Database.ReadAsync(db => db.AuditEntries.SingleAsync(audit => audit.Act == AuditAct.FileRedacted));
        Assert.Equal((person.Id, $"release_file:{row.Id}"), (entry.ActorId!.Value, entry.Subject));
        var after = await browser.PageAsync($"{site.Address}/releases");
        Assert.Contains("The file was deleted.", after.QuerySelector(".notice-success")!.TextContent);
        Assert.Empty(after.QuerySelectorAll("a.btn-outline-danger"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/api/v2/releases/file/{row.Id}")).StatusCode);
    }

    [Theory]
    [InlineData(ReleasePolicy.Reviewed, Role.ProjectDeveloper)]
    [InlineData(ReleasePolicy.Automatic, Role.ProjectCollaborator)]
    [InlineData(ReleasePolicy.Reviewed, Role.OutputPublisher)]
    public async Task Others_are_told_which_role_they_lack_and_nothing_is_deleted(ReleasePolicy policy, Role role)
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(policy, ("output/a.csv", "a"));
        var browser = await site.SignInAsync(role);
        var address = $"{site.Address}/releases/{release.Id}/{release.Files[0].Id}/delete/";

        var page = await browser.PageAsync(address, HttpStatusCode.Forbidden);
        Assert.Contains("Output Checker", page.QuerySelector("main")!.TextContent);
        var token = page.QuerySelector("input[name=__form]")!.GetAttribute("value")!;
        var posted = await browser.PostBlindAsync(address, ("Reason", "Because."), ("__form", token));

        Assert.Equal(HttpStatusCode.Forbidden, posted.StatusCode);
        Assert.Null((await site.RowAsync(release.Files[0])).DeletedAt);
    }

    [Theory]
    [InlineData("   ", "Say why")]
    [InlineData(null, "501 characters")]
    public async Task Without_a_fitting_reason_the_form_comes_back_with_what_is_wrong(string? reason, string message)
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("output/a.csv", "a"));
        var browser = await site.SignInAsync(Role.OutputChecker);
        var form = Form(await browser.PageAsync($"{site.Address}/releases/{release.Id}/{release.Files[0].Id}/delete/"));

        var response = await browser.SubmitAsync(form, ("Reason", reason ?? new string('x', 501)));

        var page = PortalSite.Parse(await response.Content.ReadAsStringAsync());
        Assert.Contains(message, page.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("true", page.QuerySelector("textarea")!.GetAttribute("aria-invalid"));
        Assert.Null((await site.RowAsync(release.Files[0])).DeletedAt);
    }

    [Fact]
    public async Task A_forged_form_and_a_visitor_delete_nothing_and_a_second_deletion_keeps_the_first()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("output/a.csv", "a"));
        var address = $"{site.Address}/releases/{release.Id}/{release.Files[0].Id}/delete/";
        var checker = await site.Data.CreateUserAsync(Role.OutputChecker);
        var browser = await site.SignInAsync(checker);

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostBlindAsync(address, ("Reason", "Because."))).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await site.Visitor().PostBlindAsync(address, ("Reason", "Because."))).StatusCode);
        Assert.Null((await site.RowAsync(release.Files[0])).DeletedAt);

        var form = Form(await browser.PageAsync(address));
        await site.RedactAsync(release.Files[0], site.Study.Developer, "The first reason.");
        await browser.SubmitAsync(form, ("Reason", "The second reason."));
        Assert.Equal("The first reason.", (await site.RowAsync(release.Files[0])).DeletedReason);
        Assert.Contains("already deleted", (await browser.PageAsync($"{site.Address}/releases")).QuerySelector(".notice-warning")!.TextContent);
    }

    private static IHtmlFormElement Form(IHtmlDocument page) => (IHtmlFormElement)page.QuerySelector("main form")!;
}
