using AngleSharp.Html.Dom;
using JobServer.Data.Site;
using JobServer.Domain.Access;
using JobServer.Domain.Jobs;
using JobServer.Portal.Tests.Runs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Admin;

public sealed class RunTests
{
    [Fact]
    public async Task Any_run_is_cancelled_also_of_a_project_without_an_address_and_the_filter_stays()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var study = await site.Data.CreateStudyAsync();
        var number = await site.Data.SubmitAsync(study, ProjectYaml.One, "alone");
        await site.Data.Database.WriteAsync((db, token) => db.Projects.ExecuteUpdateAsync(set => set.SetProperty(row => row.OrganisationId, (int?)null), token));

        var page = await browser.PageAsync("/admin/runs?status=pending");
        var answer = await browser.SubmitAsync((IHtmlFormElement)page.QuerySelector($"#request-{number} form")!);

        Assert.Equal("/admin/runs?status=pending", answer.Headers.Location!.ToString());
        Assert.Equal(JobRequestState.Cancelled, (await site.Data.RequestAsync(number)).State);
        Assert.Null((await browser.PageAsync("/admin/runs")).QuerySelector($"#request-{number} form"));
    }

    [Fact]
    public async Task The_queue_says_of_each_backend_what_waits_and_why()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var (busy, idle) = (await site.Data.CreateStudyAsync(), await site.Data.CreateStudyAsync());
        await site.Data.OpenSessionAsync(busy.Backend);
        await site.Data.SubmitAsync(busy, ProjectYaml.Chain, "run_all");

        var rows = (await browser.PageAsync("/admin/runs/queue")).QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToList();

        Assert.Equal(3, rows.Count);
        Assert.Contains("Next in the queue", rows[0]);
        Assert.Contains("Waiting for first", rows[1]);
        Assert.Contains("Nothing waits here", (await browser.PageAsync($"/admin/runs/queue?backend={idle.Backend.Id}")).Body!.TextContent);
    }

    [RequiresProgram("git")]
    public async Task Lost_jobs_run_again_once_for_the_person_whose_they_are()
    {
        await using var site = await RunsSite.StartAsync();
        var number = await LoseAsync(site);
        using var admin = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var form = (IHtmlFormElement)(await admin.PageAsync("/admin/runs/lost")).QuerySelector("main form[method=post]")!;

        await admin.SubmitAsync(form, "");
        await admin.SubmitAsync(form, "");

        var again = Assert.Single(await site.RequestsAsync(), request => request.Id != number);
        Assert.Equal((number, site.Study.Developer.Id, 2), (again.RerunOfId, again.CreatedById, again.JobCount));
        Assert.Contains("No lost jobs", (await admin.PageAsync("/admin/runs/lost")).Body!.TextContent);
    }

    [RequiresProgram("git")]
    public async Task While_runs_are_stopped_nothing_is_submitted_and_the_page_says_why()
    {
        await using var site = await RunsSite.StartAsync();
        await LoseAsync(site);
        await site.Data.Get<RunSwitch>().StopAsync("Until noon.", site.Study.Developer.Id, CancellationToken.None);
        using var admin = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));

        await admin.SubmitAsync((IHtmlFormElement)(await admin.PageAsync("/admin/runs/lost")).QuerySelector("main form[method=post]")!, "");

        Assert.Contains("No new runs are taken at the moment. Until noon.", (await admin.PageAsync("/admin/runs/lost")).QuerySelector("main")!.TextContent);
        Assert.Single(await site.RequestsAsync());
    }

    /// <summary>A request of which the second job was lost, and the third never started.</summary>
    private static async Task<int> LoseAsync(RunsSite site)
    {
        var commit = site.Code.Git("rev-parse", "HEAD").Trim();
        var outcome = await site.Data.TrySubmitAsync(site.Study, ProjectYaml.Chain, command => command with { Commit = commit }, "run_all");
        var number = Assert.IsType<JobServer.Data.Jobs.SubmitOutcome.Submitted>(outcome).RequestId;
        await EndAsync("first", JobState.Succeeded, JobStatusCode.Succeeded);
        await EndAsync("second", JobState.Failed, JobStatusCode.Lost);
        await EndAsync("third", JobState.Failed, JobStatusCode.DependencyFailed);

        // This site goes by the real clock.
        var now = TimeProvider.System.GetUtcNow();
        await site.Data.Database.WriteAsync((db, token) => db.JobRequests.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, JobRequestState.Failed).SetProperty(row => row.CreatedAt, now).SetProperty(row => row.EndedAt, now), token));
        return number;

        Task<int> EndAsync(string action, JobState state, JobStatusCode code) => site.Data.Database.WriteAsync((db, token) => db.Jobs.Where(job => job.Action == action)
            .ExecuteUpdateAsync(set => set.SetProperty(job => job.State, state).SetProperty(job => job.StatusCode, code), token));
    }
}
