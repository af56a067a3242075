using AngleSharp.Html.Dom;
using JobServer.Portal.Workspaces;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Portal.Tests.Pages;

/// <summary>What a request says of its code after its workspace got another repository.</summary>
public sealed class RequestRepositoryTests
{
    [Fact]
    public async Task A_request_leads_to_the_repository_that_it_ran_whatever_the_workspace_has_now()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var study = await StudySite.MakeAsync(site);
        await EditAsync(site, study, "https://github.com/institute/first");
        var first = await SubmitAsync(site, study);
        await site.Services.GetRequiredService<WorkspaceWrites>().SetNotifiesAsync(study.Study.Workspace.Id, true, study.Study.Developer.Id, CancellationToken.None);
        await EditAsync(site, study, "https://github.com/institute/second");
        await EditAsync(site, study, "https://github.com/institute/third");
        var third = await SubmitAsync(site, study);
        var browser = site.NewBrowser();

        var before = await browser.PageAsync($"{study.Workspace}/{first}");
        var now = await browser.PageAsync($"{study.Workspace}/{third}");
        var compared = await browser.PageAsync($"{study.Workspace}/{third}/compare");

        Assert.StartsWith("https://github.com/institute/first/tree/", Link(before, "View Repo"), StringComparison.Ordinal);
        Assert.StartsWith("https://github.com/institute/first/blob/", Link(before, "View project.yaml"), StringComparison.Ordinal);
        Assert.Contains("The workspace has another one now.", before.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("https://github.com/institute/third/tree/", Link(now, "View Repo"), StringComparison.Ordinal);
        Assert.DoesNotContain("another one now", now.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("institute/first", compared.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Compare the code", compared.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    private static string Link(IHtmlDocument page, string text) =>
        page.QuerySelectorAll("main a.btn").Single(link => link.TextContent == text).GetAttribute("href")!;

    private static async Task<int> SubmitAsync(PortalSite site, StudySite study)
    {
        var number = await site.Data.SubmitAsync(study.Study, ProjectYaml.One, "alone");
        await site.Data.Database.WriteAsync((db, token) => db.JobRequests.Where(request => request.Id == number)
            .ExecuteUpdateAsync(set => set.SetProperty(request => request.Commit, $"{number:D40}"), token));
        await site.Data.Get<Data.Jobs.JobCancellations>().CancelRequestAsync(number, study.Study.Developer.Id, CancellationToken.None);
        site.Data.Clock.Advance(TimeSpan.FromHours(1));
        return number;
    }

    private static async Task EditAsync(PortalSite site, StudySite study, string repository)
    {
        var id = study.Study.Workspace.Id;
        var revision = await site.Data.Database.ReadAsync(db => db.Workspaces.Where(row => row.Id == id).Select(row => row.Revision).SingleAsync());
        var edit = new WorkspaceEdit
        {
            WorkspaceId = id,
            Revision = revision,
            Repository = repository,
            Branch = "main",
            Purpose = "",
            PersonId = study.Study.Developer.Id,
        };
        Assert.True(await site.Services.GetRequiredService<WorkspaceWrites>().EditAsync(edit, CancellationToken.None));
        site.Data.Clock.Advance(TimeSpan.FromHours(1));
    }
}
