using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Portal.CodeHosts;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Runs;

public sealed class RunJobsPageTests
{
    private const string Broken = """
        version: '3.0'
        actions:
          first:
            run: python:latest python analysis/first.py
            outputs:
              moderately_sensitive:
                table: /etc/first.csv
          second:
            run: python:v2 python analysis/second.py
            needs: [nowhere, <b>there</b>]
            outputs:
              moderately_sensitive:
                table: output/second.csv
        """;

    [RequiresProgram("git")]
    public async Task A_backend_with_rules_of_its_own_holds_the_page_and_the_submit_to_them()
    {
        await using var site = await RunsSite.StartAsync();
        using var dora = await site.DeveloperAsync();
        var form = (IHtmlFormElement)(await dora.PageAsync(site.Address + "/run-jobs/")).QuerySelector("input[name=actions]")!.Closest("form")!;
        await site.Data.Database.WriteAsync((db, token) => db.Backends.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Dialect, JobServer.Domain.Pipelines.PipelineDialect.Opensafely), token));

        using var refused = await dora.SubmitAsync(form, "", ("actions", "first"));
        var page = await dora.PageAsync(site.Address + "/run-jobs/");

        Assert.Contains("so nothing can be run", await refused.Content.ReadAsStringAsync());
        Assert.Contains("so nothing can be run", page.Body!.TextContent);
        Assert.Empty(await site.RequestsAsync());
    }

    [RequiresProgram("git")]
    public async Task The_page_lists_run_all_and_then_the_actions_in_the_order_of_the_file()
    {
        await using var site = await RunsSite.StartAsync();
        using var dora = await site.DeveloperAsync();

        var page = await dora.PageAsync(site.Address + "/run-jobs/");

        Assert.Equal(["run_all", "first", "second", "third"], page.QuerySelectorAll("input[name=actions]").Select(box => box.GetAttribute("value")));
        Assert.Contains("Needs first", page.Body!.TextContent);
        Assert.Contains("output/first.csv", page.Body.TextContent);
        Assert.Empty(page.QuerySelectorAll("input[name=backend]"));
        Assert.NotNull(page.QuerySelector("svg.drawing[aria-label]"));
    }

    [RequiresProgram("git")]
    public async Task A_submit_makes_jobs_keeps_the_source_and_is_audited()
    {
        await using var site = await RunsSite.StartAsync();
        using var dora = await site.DeveloperAsync();
        var form = await FormAsync(dora, site);

        using var response = await dora.SubmitAsync(form, "", ("actions", "third"), ("notify", "true"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(site.Address + "/1", response.Headers.Location!.ToString());
        Assert.Contains(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith($"{OneTimeTokens.Cookie}=;", StringComparison.Ordinal));
        var request = Assert.Single(await site.RequestsAsync());
        Assert.Equal(3, request.PendingJobs);
        Assert.True(request.WillNotify);
        Assert.Equal(site.Code.Git("rev-parse", "HEAD").Trim(), request.Commit);
        Assert.Equal(request.SourceSize, new FileInfo(Path.Combine(site.Folder, request.SourceDigest![..2], request.SourceDigest)).Length);
        Assert.True(await site.Data.Database.ReadAsync(db => db.AuditEntries.AnyAsync(entry =>
            entry.Act == AuditAct.JobsSubmitted && entry.ActorId == site.Study.Developer.Id && entry.Subject == "job_request:1")));
        var page = await dora.PageAsync(site.Address + "/1");
        Assert.Contains("3 jobs were submitted.", page.Body!.TextContent);
    }

    [RequiresProgram("git")]
    public async Task A_form_that_is_sent_twice_makes_one_request()
    {
        await using var site = await RunsSite.StartAsync();
        using var dora = await site.DeveloperAsync();
        var form = await FormAsync(dora, site);

        var answers = await Task.WhenAll(
            dora.SubmitAsync(form, "", ("actions", "first")), dora.SubmitAsync(form, "", ("actions", "first")), dora.SubmitAsync(form, "", ("actions", "first")));

        Assert.All(answers, answer => Assert.Equal(site.Address + "/1", answer.Headers.Location!.ToString()));
        Assert.Single(await site.RequestsAsync());
    }

    [RequiresProgram("git")]
    public async Task Asking_again_for_what_is_scheduled_says_why_nothing_was_submitted()
    {
        await using var site = await RunsSite.StartAsync();
        using var dora = await site.DeveloperAsync();
        await dora.SubmitAsync(await FormAsync(dora, site), "", ("actions", "first"));

        using var response = await dora.SubmitAsync(await FormAsync(dora, site), "", ("actions", "first"));

        var page = await dora.PageAsync(response.Headers.Location!.ToString());
        Assert.Contains("Nothing was submitted: all requested actions are already scheduled or running.", page.Body!.TextContent);
        Assert.Contains("Nothing to do", page.Body.TextContent);
    }

    [RequiresProgram("git")]
    public async Task A_form_without_an_action_is_refused_and_keeps_its_boxes()
    {
        await using var site = await RunsSite.StartAsync();
        using var dora = await site.DeveloperAsync();

        using var response = await dora.SubmitAsync(await FormAsync(dora, site), "", ("force", "true"));

        var page = PortalSite.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("Choose at least one action to run.", page.QuerySelector(".error-summary li")!.TextContent);
        Assert.True(page.QuerySelector("#force")!.HasAttribute("checked"));
        Assert.Empty(await site.RequestsAsync());
    }

    [RequiresProgram("git")]
    public async Task An_action_that_the_file_does_not_have_is_refused_by_name()
    {
        await using var site = await RunsSite.StartAsync();
        using var dora = await site.DeveloperAsync();

        using var response = await dora.SubmitAsync(await FormAsync(dora, site), "", ("actions", "fourth"));

        Assert.Contains("There is no action &quot;fourth&quot;", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await site.RequestsAsync());
    }

    [RequiresProgram("git")]
    public async Task A_backend_of_others_is_refused()
    {
        await using var site = await RunsSite.StartAsync();
        var south = await site.Data.CreateBackendAsync(slug: "south");
        using var dora = await site.DeveloperAsync();

        using var response = await dora.SubmitAsync(await FormAsync(dora, site), "", ("actions", "first"), ("backend", south.Id.ToString()));

        Assert.Contains("Choose a backend that you belong to.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await site.RequestsAsync());
    }

    [RequiresProgram("git")]
    public async Task Who_belongs_to_two_backends_chooses_one()
    {
        await using var site = await RunsSite.StartAsync();
        var south = await site.Data.CreateBackendAsync(slug: "south");
        await site.Data.AddToBackendAsync(south, site.Study.Developer);
        using var dora = await site.DeveloperAsync();
        var form = await FormAsync(dora, site);
        Assert.Equal(2, form.QuerySelectorAll("input[type=radio][name=backend]").Length);

        await dora.SubmitAsync(form, "", ("actions", "first"), ("backend", south.Id.ToString()));

        Assert.Equal(south.Id, Assert.Single(await site.RequestsAsync()).BackendId);
    }

    [RequiresProgram("git")]
    public async Task Who_belongs_to_no_backend_is_told_who_can_help()
    {
        await using var site = await RunsSite.StartAsync();
        var other = await site.Data.CreateUserAsync("otto");
        await site.Data.AddMemberAsync(site.Study.Project, other, Role.ProjectDeveloper);
        using var otto = await site.SignInAsync(other);

        var page = await otto.PageAsync(site.Address + "/run-jobs");

        Assert.Contains("You belong to no backend", page.Body!.TextContent);
        Assert.Contains("Onboarding Agent", page.Body.TextContent);
        Assert.Null(page.QuerySelector("main form"));
    }

    [RequiresProgram("git")]
    public async Task Of_several_backends_the_one_that_the_workspace_used_last_is_chosen()
    {
        await using var site = await RunsSite.StartAsync();
        var (study, south) = (site.Study, await site.Data.CreateBackendAsync(slug: "south"));
        await site.Data.AddToBackendAsync(south, study.Developer);
        var anna = await site.Data.CreateUserAsync("anna");
        await site.Data.AddMemberAsync(study.Project, anna, Role.ProjectDeveloper);
        await site.Data.AddToBackendAsync(south, anna);
        using var dora = await site.DeveloperAsync();

        var fresh = await ChosenAsync();
        await site.Data.SubmitAsync(study with { Backend = south, Developer = anna }, ProjectYaml.Chain, "first");
        var used = await ChosenAsync();

        Assert.Empty(fresh);
        Assert.Equal([south.Id.ToString()], used);

        async Task<string[]> ChosenAsync()
        {
            var boxes = (await dora.PageAsync(site.Address + "/run-jobs/")).QuerySelectorAll<IHtmlInputElement>("input[name=backend]").ToList();
            Assert.Equal(2, boxes.Count);
            Assert.All(boxes, box => Assert.True(box.IsRequired));
            return [.. boxes.Where(box => box.IsChecked).Select(box => box.Value)];
        }
    }

    [RequiresProgram("git")]
    public async Task A_broken_file_shows_every_problem_with_its_lines_instead_of_the_form()
    {
        await using var site = await RunsSite.StartAsync(Broken);
        using var dora = await site.DeveloperAsync();

        var page = await dora.PageAsync(site.Address + "/run-jobs/");

        var problems = page.QuerySelectorAll(".problems > li").Select(item => item.TextContent).ToList();
        Assert.True(problems.Count >= 3, string.Join("\n---\n", problems));
        Assert.Contains(problems, text => text.Contains("nowhere", StringComparison.Ordinal) && text.Contains("Line 10", StringComparison.Ordinal));
        Assert.Contains("run: python:v2 python analysis/second.py", page.QuerySelectorAll(".excerpt")[^1].TextContent);
        Assert.Empty(page.QuerySelectorAll("input[name=actions]"));
        Assert.Empty(page.QuerySelectorAll("main b"));
    }

    [RequiresProgram("git")]
    public async Task A_branch_without_the_file_an_unknown_branch_and_an_unknown_repository_say_what_to_do()
    {
        await using var site = await RunsSite.StartAsync(projectYaml: null);
        var (project, developer) = (site.Study.Project, site.Study.Developer);
        await site.AddWorkspaceAsync(project, developer, "no-branch", branch: "gone");
        await site.AddWorkspaceAsync(project, developer, "no-repository", repository: "https://demo.local/studies/private");
        await site.AddWorkspaceAsync(project, developer, "no-host", repository: "https://elsewhere.example/a/b");
        using var dora = await site.DeveloperAsync();

        Assert.Equal("The branch has no project.yaml", await HeadingAsync("reviews"));
        Assert.Equal("The branch was not found", await HeadingAsync("no-branch"));
        Assert.Equal("The repository was not found, or it is private", await HeadingAsync("no-repository"));
        Assert.Equal("The workspace has no usable repository address", await HeadingAsync("no-host"));

        async Task<string> HeadingAsync(string workspace) =>
            (await dora.PageAsync($"/institute/asthma/{workspace}/run-jobs/")).QuerySelector("main section h2")!.TextContent;
    }

    [RequiresProgram("git")]
    public async Task Visitors_are_asked_to_sign_in_and_others_are_told_which_role_is_missing()
    {
        await using var site = await RunsSite.StartAsync();
        using var visitor = site.Visitor();
        using var reader = await site.SignInAsync(await site.Data.CreateUserAsync("rita"));

        using var asked = await visitor.GetAsync(site.Address + "/run-jobs/");
        var refused = await reader.PageAsync(site.Address + "/run-jobs/", HttpStatusCode.Forbidden);

        Assert.StartsWith("/login?next=", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Project Developer", refused.Body!.TextContent);
    }

    private static async Task<IHtmlFormElement> FormAsync(WebVisitor visitor, RunsSite site)
    {
        var page = await visitor.PageAsync(site.Address + "/run-jobs/");
        return page.QuerySelectorAll("main form").OfType<IHtmlFormElement>().Single();
    }
}
