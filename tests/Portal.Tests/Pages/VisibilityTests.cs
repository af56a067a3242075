using System.Diagnostics;
using JobServer.Domain.Workspaces;
using JobServer.Portal.Tests.CodeHosts;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Pages;

public sealed class VisibilityTests
{
    [Fact]
    public async Task Public_repositories_are_told_from_others_and_asked_for_once()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        var asked = 0;
        gitHub.Instead = _ =>
        {
            Interlocked.Increment(ref asked);
            return null;
        };
        await using var site = await StartAsync(gitHub);
        var study = await StudySite.MakeAsync(site);
        await PointAsync(site, study.Study.Workspace, "https://github.com/MediciaAI/TestTeam");
        await PointAsync(site, await site.Data.CreateWorkspaceAsync(study.Study.Project, study.Study.Developer), "https://github.com/MediciaAI/Hidden");

        var repos = (await site.NewBrowser().PageAsync(study.Project)).QuerySelectorAll("section:has(> #repos) li");
        await site.NewBrowser().PageAsync(study.Project);

        Assert.Contains("Public", repos.Single(repo => repo.TextContent.Contains("TestTeam", StringComparison.Ordinal)).TextContent);
        Assert.Contains("Private or absent", repos.Single(repo => repo.TextContent.Contains("Hidden", StringComparison.Ordinal)).TextContent);
        Assert.Contains("Public", (await site.NewBrowser().PageAsync(study.Workspace)).QuerySelector("section:has(> #details)")!.TextContent);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_code_host_that_is_silent_does_not_hold_the_page_back()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        gitHub.Instead = _ => new Silence();
        await using var site = await StartAsync(gitHub);
        var study = await StudySite.MakeAsync(site);
        for (var i = 0; i < 30; i++)
        {
            await PointAsync(site, await site.Data.CreateWorkspaceAsync(study.Study.Project, study.Study.Developer), $"https://github.com/MediciaAI/repo-{i}");
        }

        var watch = Stopwatch.StartNew();
        var page = await site.NewBrowser().PageAsync(study.Project);

        Assert.All(page.QuerySelectorAll("section:has(> #repos) li"), repo => Assert.Contains("Not known whether public", repo.TextContent));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(9), $"The page took {watch.Elapsed}.");
    }

    private static Task<PortalSite> StartAsync(FakeGitHub gitHub) =>
        PortalSite.StartAsync(new Dictionary<string, string?> { ["CodeHosts:GitHub:ApiAddress"] = gitHub.Address });

    private static Task<bool> PointAsync(PortalSite site, Workspace workspace, string repository) => site.Data.Database.WriteAsync(async (db, token) =>
        await db.Workspaces.Where(row => row.Id == workspace.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Repository, repository), token) == 1);

    private sealed class Silence : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Task.Delay(Timeout.Infinite, httpContext.RequestAborted);
    }
}
