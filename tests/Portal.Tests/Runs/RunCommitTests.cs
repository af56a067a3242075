using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Runs;

public sealed class RunCommitTests
{
    private const string Renamed = """
        version: '3.0'
        actions:
          renamed:
            run: python:v2 python analysis/first.py
            outputs:
              moderately_sensitive:
                table: output/first.csv
        """;

    [RequiresProgram("git")]
    public async Task A_submit_runs_the_commit_that_the_form_showed_and_says_where_the_branch_is()
    {
        await using var site = await RunsSite.StartAsync();
        var shown = site.Code.Git("rev-parse", "HEAD").Trim();
        using var dora = await site.DeveloperAsync();
        var form = Form(await dora.PageAsync(site.Address + "/run-jobs"));

        var newest = site.Commit(Renamed);
        using var response = await dora.SubmitAsync(form, "", ("actions", "first"));

        var request = Assert.Single(await site.RequestsAsync());
        Assert.Equal(shown, request.Commit);
        Assert.Contains("first:", request.ProjectDefinition, StringComparison.Ordinal);
        var page = await dora.PageAsync(response.Headers.Location!.ToString());
        Assert.Contains($"1 job was submitted. They run commit {shown[..7]} as you chose; the newest of branch main is {newest[..7]}.", page.Body!.TextContent);
    }

    [RequiresProgram("git")]
    public async Task The_latest_ten_commits_can_be_chosen_and_an_older_one_lists_its_own_actions()
    {
        await using var site = await RunsSite.StartAsync();
        var first = site.Code.Git("rev-parse", "HEAD").Trim();
        for (var number = 1; number <= 9; number++)
        {
            site.Code.Commit("notes.txt", $"{number}");
        }

        var newest = site.Commit(Renamed);
        using var dora = await site.DeveloperAsync();

        var page = await dora.PageAsync(site.Address + "/run-jobs");
        var commits = page.QuerySelectorAll<IHtmlAnchorElement>(".run-commits a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal(10, commits.Count);
        Assert.EndsWith(newest, commits[0], StringComparison.Ordinal);
        Assert.DoesNotContain(commits, link => link.EndsWith(first, StringComparison.Ordinal));
        var older = await dora.PageAsync(commits[^1]);

        Assert.Equal(["run_all", "first", "second", "third"], older.QuerySelectorAll("input[name=actions]").Select(box => box.GetAttribute("value")));
        Assert.Contains("not the newest commit", older.Body!.TextContent);
        await dora.SubmitAsync(Form(older), "", ("actions", "first"));
        Assert.EndsWith(Assert.Single(await site.RequestsAsync()).Commit, commits[^1], StringComparison.Ordinal);
    }

    [RequiresProgram("git")]
    public async Task A_commit_of_another_branch_is_refused_on_the_page_and_at_submit()
    {
        await using var site = await RunsSite.StartAsync();
        site.Code.Git("checkout", "--quiet", "-b", "elsewhere");
        var foreign = site.Commit(Renamed);
        site.Code.Git("checkout", "--quiet", "main");
        using var dora = await site.DeveloperAsync();

        var refused = await dora.PageAsync($"{site.Address}/run-jobs?commit={foreign}");
        Assert.Equal("The commit is not on the branch", refused.QuerySelector("main section h2")!.TextContent);
        foreach (var hostile in new[] { foreign, "main", "--upload-pack=x", new string('f', 40) })
        {
            var form = Form(await dora.PageAsync(site.Address + "/run-jobs"));
            form.QuerySelector<IHtmlInputElement>("input[name=commit]")!.Value = hostile;
            using var response = await dora.SubmitAsync(form, "", ("actions", "first"));
            var page = PortalSite.Parse(await response.Content.ReadAsStringAsync());
            Assert.Contains("is not on branch 'main'", page.QuerySelector(".error-summary")!.TextContent);
            Assert.NotNull(page.QuerySelector("input[name=actions][value=first][checked]"));
        }

        Assert.Empty(await site.RequestsAsync());
    }

    [RequiresProgram("git")]
    public async Task What_failed_can_be_run_again_at_the_same_commit_however_often_one_clicks()
    {
        await using var site = await RunsSite.StartAsync();
        using var dora = await site.DeveloperAsync();
        await dora.SubmitAsync(Form(await dora.PageAsync(site.Address + "/run-jobs")), "", ("actions", "first"));
        var job = await site.Data.JobAsync(1, "first");
        await site.Data.Database.ReadAsync(db => db.Jobs.Where(row => row.Id == job.Id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, JobState.Failed).SetProperty(row => row.StatusCode, JobStatusCode.NonzeroExit)
            .SetProperty(row => row.CompletedAt, site.Data.Now)));
        site.Commit(Renamed);
        var form = (await dora.PageAsync(site.Address + "/1")).QuerySelector<IHtmlFormElement>("form#rerun-form")!;

        var answers = await Task.WhenAll(dora.SubmitAsync(form, "", ("at", "same")), dora.SubmitAsync(form, "", ("at", "same")));

        Assert.All(answers, answer => Assert.Equal(site.Address + "/2", answer.Headers.Location!.ToString()));
        var requests = await site.RequestsAsync();
        Assert.Equal(2, requests.Count);
        Assert.Equal(requests[0].Commit, requests[1].Commit);
        Assert.Equal(1, requests[1].RerunOfId);
    }

    private static IHtmlFormElement Form(IHtmlDocument page) => page.QuerySelectorAll("main form").OfType<IHtmlFormElement>().Single();
}
