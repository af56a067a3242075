using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using JobServer.Data.Jobs;
using JobServer.Domain.Access;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Runs;

public sealed class RunPagesTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [RequiresProgram("git")]
    public async Task Visitors_see_the_run_but_no_names_and_no_messages()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        var job = await site.Data.JobAsync(1, "first");
        using var visitor = site.Visitor();

        foreach (var address in new[] { $"{site.Address}/1", $"{site.Address}/1/{job.Id}", site.Address + "/logs/", "/event-log" })
        {
            var page = await visitor.PageAsync(address);
            Assert.DoesNotContain("Person dora", page.DocumentElement.TextContent);
            Assert.DoesNotContain(job.StatusMessage, page.QuerySelector("main")!.QuerySelectorAll("td, dd").Select(cell => cell.TextContent.Trim()));
            Assert.Contains("Pending", page.Body!.TextContent);
            Assert.Single(page.QuerySelectorAll("h1"));
        }

        using var dora = await site.DeveloperAsync();
        Assert.Contains("Person dora", (await dora.PageAsync($"{site.Address}/1")).QuerySelector("main")!.TextContent);
        Assert.Contains(job.StatusMessage, (await dora.PageAsync($"{site.Address}/1/{job.Id}")).QuerySelector("main")!.TextContent);
    }

    [RequiresProgram("git")]
    public async Task A_change_of_a_row_reaches_an_open_page()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        using var visitor = site.Visitor();
        var page = await visitor.PageAsync($"{site.Address}/1");
        using var events = await visitor.EventsAsync(page.QuerySelector("[sse-connect]")!.GetAttribute("sse-connect")!);

        await site.Data.Get<JobCancellations>().CancelRequestAsync(1, site.Study.Developer.Id, CancellationToken.None);

        var text = await UntilDoneAsync(events);
        Assert.Contains("event: changed", text, StringComparison.Ordinal);
        Assert.Contains("3 of 3 jobs done", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Person dora", text, StringComparison.Ordinal);
        Assert.Null((await visitor.PageAsync($"{site.Address}/1")).QuerySelector("[sse-connect]"));
    }

    [RequiresProgram("git")]
    public async Task The_page_of_a_job_is_live_too()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        var job = await site.Data.JobAsync(1, "third");
        using var visitor = site.Visitor();
        var page = await visitor.PageAsync($"{site.Address}/1/{job.Id}");
        using var events = await visitor.EventsAsync(page.QuerySelector("[sse-connect]")!.GetAttribute("sse-connect")!);

        await site.Data.Get<JobCancellations>().CancelJobAsync(1, job.Id, site.Study.Developer.Id, CancellationToken.None);

        Assert.Contains("Cancelled", await UntilDoneAsync(events), StringComparison.Ordinal);
    }

    [RequiresProgram("git")]
    public async Task A_developer_cancels_a_request_and_then_there_is_nothing_left_to_cancel()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        using var dora = await site.DeveloperAsync();
        var form = CancelForm(await dora.PageAsync($"{site.Address}/1"))!;

        using var response = await dora.SubmitAsync(form, "");

        Assert.Equal($"{site.Address}/1", response.Headers.Location!.ToString());
        var page = await dora.PageAsync($"{site.Address}/1");
        Assert.Contains("3 jobs were cancelled.", page.Body!.TextContent);
        Assert.Null(CancelForm(page));
        Assert.Contains("nothing to cancel", page.Body.TextContent);
        Assert.Equal(JobRequestState.Cancelled, (await site.Data.RequestAsync(1)).State);
    }

    [RequiresProgram("git")]
    public async Task A_developer_cancels_one_job()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        var job = await site.Data.JobAsync(1, "third");
        using var dora = await site.DeveloperAsync();

        await dora.SubmitAsync(CancelForm(await dora.PageAsync($"{site.Address}/1/{job.Id}"))!, "");

        Assert.Equal(JobStatusCode.CancelledByUser, (await site.Data.JobAsync(job.Id)).StatusCode);
        Assert.Equal(JobState.Pending, (await site.Data.JobAsync(1, "first")).State);
    }

    [RequiresProgram("git")]
    public async Task Who_may_not_cancel_is_told_who_can_and_cannot_do_it_by_hand()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        using var rita = await site.SignInAsync(await site.Data.CreateUserAsync("rita"));
        var page = await rita.PageAsync($"{site.Address}/1");
        Assert.Null(CancelForm(page));
        var anyForm = page.QuerySelectorAll("form").OfType<IHtmlFormElement>().First(form => form.QuerySelector("input[type=hidden]") is not null);
        anyForm.SetAttribute("action", $"{site.Address}/1?handler=Cancel");

        using var response = await rita.SubmitAsync(anyForm, "");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(JobRequestState.Pending, (await site.Data.RequestAsync(1)).State);
    }

    [RequiresProgram("git")]
    public async Task Short_addresses_and_beginnings_of_identifiers_lead_to_the_page()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        var job = await site.Data.JobAsync(1, "first");
        var request = await site.Data.RequestAsync(1);
        using var visitor = site.Visitor();

        Assert.Equal($"{site.Address}/1/{job.Id}", await TargetAsync($"{site.Address}/1/{job.Id[..8]}"));
        Assert.Equal($"{site.Address}/1/{job.Id}", await TargetAsync($"/jobs/{job.Id}"));
        Assert.Equal($"{site.Address}/1", await TargetAsync("/job-requests/1"));
        Assert.Equal($"{site.Address}/1", await TargetAsync($"/job-requests/{request.Identifier}"));

        async Task<string?> TargetAsync(string address)
        {
            using var response = await visitor.GetAsync(address);
            return response.Headers.Location?.ToString();
        }
    }

    [RequiresProgram("git")]
    public async Task What_does_not_exist_or_is_of_another_workspace_is_not_found()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        var job = await site.Data.JobAsync(1, "first");
        await site.AddWorkspaceAsync(site.Study.Project, site.Study.Developer, "other");
        using var visitor = site.Visitor();

        string[] hostile =
        [
            $"{site.Address}/2", "/institute/asthma/other/1", $"/institute/asthma/other/1/{job.Id}", $"/institute/asthma/other/1/{job.Id}/live",
            "/institute/asthma/other/1/live", $"{site.Address}/1/aaaaaaaaaaaaaaaa", $"{site.Address}/1/%25%25%25%25", $"{site.Address}/1/'--",
            $"{site.Address}/99999999999", "/jobs/..%2f..%2fetc", "/jobs/a", "/jobs/%00", "/job-requests/-1", "/job-requests/0",
        ];
        foreach (var address in hostile.Where(address => !address.EndsWith("/live", StringComparison.Ordinal)))
        {
            using var response = await visitor.GetAsync(address);
            Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{address} answered {response.StatusCode}");
        }

        foreach (var address in hostile.Where(address => address.EndsWith("/live", StringComparison.Ordinal)))
        {
            using var events = await visitor.EventsAsync(address);
            Assert.DoesNotContain("changed", await UntilDoneAsync(events), StringComparison.Ordinal);
        }
    }

    [RequiresProgram("git")]
    public async Task A_silent_backend_is_told_on_pages_about_unfinished_jobs()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        using var visitor = site.Visitor();

        Assert.Contains("Nothing was heard from Backend north yet", (await visitor.PageAsync($"{site.Address}/1")).Body!.TextContent);

        await site.Data.Get<JobCancellations>().CancelRequestAsync(1, site.Study.Developer.Id, CancellationToken.None);
        Assert.DoesNotContain("Nothing was heard", (await visitor.PageAsync($"{site.Address}/1")).Body!.TextContent);
    }

    [RequiresProgram("git")]
    public async Task The_history_of_attempts_is_for_data_investigators_and_core_developers()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        var job = await site.Data.JobAsync(1, "first");
        using var investigator = await site.SignInAsync(await site.Data.CreateUserAsync("ines", Role.DataInvestigator));
        using var dora = await site.DeveloperAsync();

        Assert.NotNull((await investigator.PageAsync($"{site.Address}/1/{job.Id}")).QuerySelector("#history-heading"));
        Assert.Null((await dora.PageAsync($"{site.Address}/1/{job.Id}")).QuerySelector("#history-heading"));
    }

    [RequiresProgram("git")]
    public async Task A_code_host_without_pages_shows_project_yaml_in_the_page()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        using var visitor = site.Visitor();
        var page = await visitor.PageAsync($"{site.Address}/1");
        var link = page.QuerySelectorAll("a.btn").First(button => button.TextContent == "View project.yaml").GetAttribute("href")!;

        var opened = await visitor.PageAsync(link);

        Assert.True(opened.QuerySelector("#project-yaml")!.HasAttribute("open"));
        Assert.Equal(ProjectYaml.Chain.Trim(), opened.QuerySelector("#project-yaml pre")!.TextContent.Trim());
    }

    [RequiresProgram("git")]
    public async Task An_open_page_loses_its_cancel_button_when_the_run_has_ended()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        var job = await site.Data.JobAsync(1, "third");
        using var dora = await site.DeveloperAsync();
        using var request = await OpenAsync($"{site.Address}/1");
        using var detail = await OpenAsync($"{site.Address}/1/{job.Id}");

        await site.Data.Get<JobCancellations>().CancelRequestAsync(1, site.Study.Developer.Id, CancellationToken.None);

        foreach (var events in new[] { request, detail })
        {
            // The queue may have moved the page before.
            var text = (await UntilDoneAsync(events)).Split("event: changed")[^1];
            Assert.Contains("nothing to cancel", text, StringComparison.Ordinal);
            Assert.DoesNotContain("cancel-form", text, StringComparison.Ordinal);
        }

        async Task<StreamReader> OpenAsync(string address)
        {
            var page = await dora.PageAsync(address);
            Assert.NotNull(page.QuerySelector("[sse-swap] details.confirm button[form=cancel-form]"));
            return await dora.EventsAsync(page.QuerySelector("[sse-connect]")!.GetAttribute("sse-connect")!);
        }
    }

    [RequiresProgram("git")]
    public async Task What_failed_and_what_depended_on_it_is_run_again_with_one_click()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        using var dora = await site.DeveloperAsync();
        Assert.Null((await dora.PageAsync($"{site.Address}/1")).QuerySelector("button[form=rerun-form]"));
        await EndAsync("first", JobState.Succeeded, JobStatusCode.Succeeded);
        await EndAsync("second", JobState.Failed, JobStatusCode.NonzeroExit);
        await EndAsync("third", JobState.Failed, JobStatusCode.DependencyFailed);
        var page = await dora.PageAsync($"{site.Address}/1");
        Assert.Contains("Re-run failed", page.QuerySelectorAll("details.confirm > summary").Select(opener => opener.TextContent));
        Assert.Equal(2, page.QuerySelectorAll("button[form=rerun-form][name=at]").Length);

        using var response = await dora.SubmitAsync(page.QuerySelector<IHtmlFormElement>("form#rerun-form")!, "");

        Assert.Equal($"{site.Address}/2", response.Headers.Location!.ToString());
        Assert.Contains("2 jobs were submitted.", (await dora.PageAsync($"{site.Address}/2")).Body!.TextContent);
        var again = await site.Data.RequestAsync(2);
        Assert.Equal(["second", "third"], again.RequestedActions);
        Assert.Equal(1, again.RerunOfId);
        Assert.Equal("/job-requests/1", await LinkAsync($"{site.Address}/2", "request 1"));
        Assert.Equal("/job-requests/2", await LinkAsync($"{site.Address}/1", "request 2"));

        async Task<string?> LinkAsync(string address, string text) => (await dora.PageAsync(address)).QuerySelectorAll("main a")
            .Single(link => link.TextContent == text).GetAttribute("href");

        async Task EndAsync(string action, JobState state, JobStatusCode code)
        {
            var id = (await site.Data.JobAsync(1, action)).Id;
            await site.Data.Database.ReadAsync(db => db.Jobs.Where(job => job.Id == id).ExecuteUpdateAsync(set => set
                .SetProperty(job => job.State, state).SetProperty(job => job.StatusCode, code).SetProperty(job => job.CompletedAt, site.Data.Now)));
        }
    }

    [RequiresProgram("git")]
    public async Task Who_may_not_run_jobs_cannot_run_again_what_failed()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        using var rita = await site.SignInAsync(await site.Data.CreateUserAsync("rita"));
        var page = await rita.PageAsync($"{site.Address}/1");
        Assert.Null(page.QuerySelector("#rerun-form"));
        var anyForm = page.QuerySelectorAll("form").OfType<IHtmlFormElement>().First(form => form.QuerySelector("input[type=hidden]") is not null);
        anyForm.SetAttribute("action", $"{site.Address}/1?handler=Rerun");

        using var response = await rita.SubmitAsync(anyForm, "");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Single(await site.RequestsAsync());
    }

    [RequiresProgram("git")]
    public async Task Letter_case_and_a_trailing_slash_matter_nowhere()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        var job = await site.Data.JobAsync(1, "first");
        using var dora = await site.DeveloperAsync();
        string[] addresses =
        [
            "/orgs", "/status", "/event-log", "/applications", "/apply", "/settings", "/institute", "/institute/asthma", "/institute/asthma/new-workspace",
            site.Address, site.Address + "/run-jobs", site.Address + "/logs", site.Address + "/releases", $"{site.Address}/1", $"{site.Address}/1/{job.Id}",
        ];

        foreach (var address in addresses)
        {
            await dora.PageAsync(address);
            await dora.PageAsync(address + "/");
            await dora.PageAsync(address.ToUpperInvariant() + "/");
        }

        using var visitor = site.Visitor();
        await visitor.PageAsync("/LOGIN/");
    }

    private static IHtmlFormElement? CancelForm(IHtmlDocument page) =>
        page.QuerySelector("main details.confirm button[form=cancel-form]") is null ? null : page.QuerySelector<IHtmlFormElement>("main form#cancel-form");

    private static async Task<string> UntilDoneAsync(StreamReader events)
    {
        var text = new List<string>();
        while (await events.ReadLineAsync().WaitAsync(Deadline) is { } line)
        {
            text.Add(line);
            if (line == "event: done")
                break;
        }

        return string.Join('\n', text);
    }
}
