using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Domain.Audit;
using JobServer.Portal.Tests.CodeHosts;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Pages;

public sealed class EditWorkspaceTests
{
    private const string Repository = "https://github.com/MediciaAI/TestTeam";

    [Fact]
    public async Task Repository_branch_and_purpose_are_changed_once_they_were_seen_to_be_usable()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        await using var site = await StartAsync(gitHub);
        var study = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(study.Study.Developer);
        var edit = await browser.PageAsync((await browser.PageAsync(study.Workspace)).QuerySelector($"a[href='{study.Workspace}/edit']")!.GetAttribute("href")!);

        var wrong = PortalSite.Parse(await (await SaveAsync(browser, edit, Repository, "mian", "")).Content.ReadAsStringAsync());
        var saved = await SaveAsync(browser, edit, Repository, "main", "Sleep and asthma.\nSecond line.");

        Assert.Contains("no branch 'mian'", wrong.GetElementById("Input_Branch_error")!.TextContent);
        Assert.Equal(study.Workspace, saved.Headers.Location!.ToString());
        var page = await browser.PageAsync(study.Workspace);
        Assert.Contains("Sleep and asthma.", page.QuerySelector(".purpose")!.TextContent);
        Assert.NotNull(page.QuerySelector($"a[href='{Repository}/tree/main']"));
        var entry = await site.Data.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Act == AuditAct.WorkspaceChanged));
        Assert.Contains("example/study", entry.Details);
    }

    [Fact]
    public async Task The_purpose_alone_needs_no_code_host()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(study.Study.Developer);
        var edit = await browser.PageAsync(study.Workspace + "/edit");

        var saved = await SaveAsync(browser, edit, study.Study.Workspace.Repository, study.Study.Workspace.Branch, "Only words.");

        Assert.Equal(study.Workspace, saved.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Of_two_who_edit_at_the_same_time_the_second_sees_both()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(study.Study.Developer);
        var edit = await browser.PageAsync(study.Workspace + "/edit");
        var (repository, branch) = (study.Study.Workspace.Repository, study.Study.Workspace.Branch);
        await SaveAsync(browser, edit, repository, branch, "First words.");

        var late = PortalSite.Parse(await (await SaveAsync(browser, edit, repository, branch, "Second words.")).Content.ReadAsStringAsync());

        Assert.Contains("First words.", late.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("Second words.", late.GetElementById("Input_Purpose")!.TextContent.Trim());
        Assert.Equal(study.Workspace, (await SaveAsync(browser, late, repository, branch, "Second words.")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task Others_cannot_edit()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var other = await site.SignInAsync(await site.Data.CreateUserAsync());

        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(study.Workspace + "/edit")).StatusCode);
        Assert.Null((await other.PageAsync(study.Workspace)).QuerySelector($"a[href='{study.Workspace}/edit']"));
    }

    private static Task<PortalSite> StartAsync(FakeGitHub gitHub) =>
        PortalSite.StartAsync(new Dictionary<string, string?> { ["CodeHosts:GitHub:ApiAddress"] = gitHub.Address });

    private static Task<HttpResponseMessage> SaveAsync(Browser browser, IHtmlDocument page, string repository, string branch, string purpose) => browser.SubmitAsync(
        (IHtmlFormElement)page.QuerySelector("main form")!, ("Input.Repository", repository), ("Input.Branch", branch), ("Input.Purpose", purpose));
}
