using JobServer.Data.Jobs;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Runs;

/// <summary>A page that is open when its reader loses a right.</summary>
public sealed class LiveRightsTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [RequiresProgram("git")]
    public async Task Who_is_removed_from_the_project_loses_the_buttons_of_an_open_page()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        using var dora = await site.DeveloperAsync();
        var page = await dora.PageAsync($"{site.Address}/1");
        Assert.NotNull(page.QuerySelector("[sse-swap] button[form=cancel-form]"));
        using var events = await dora.EventsAsync(page.QuerySelector("[sse-connect]")!.GetAttribute("sse-connect")!);

        await RemoveAsync(site);

        var drawn = await LiveEvents.UntilAsync(events, "event: changed");
        Assert.DoesNotContain("cancel-form", drawn, StringComparison.Ordinal);
        Assert.Contains("you need the role Project Developer", drawn, StringComparison.Ordinal);
    }

    [RequiresProgram("git")]
    public async Task Who_may_no_longer_run_jobs_is_told_nothing_more_where_jobs_are_chosen()
    {
        await using var site = await RunsSite.StartAsync();
        using var dora = await site.DeveloperAsync();
        using var events = await dora.EventsAsync($"{site.Address}/run-jobs/live?since=0");

        await RemoveAsync(site);

        Assert.Contains("event: done", await LiveEvents.UntilAsync(events, "event: "), StringComparison.Ordinal);
        Assert.Null(await events.ReadLineAsync().WaitAsync(Deadline));
    }

    [RequiresProgram("git")]
    public async Task The_log_of_a_job_ends_for_who_may_no_longer_read_it_though_nothing_is_printed()
    {
        await using var site = await RunsSite.StartAsync();
        await site.Data.Database.WriteAsync((db, token) =>
            db.Backends.ExecuteUpdateAsync(set => set.SetProperty(backend => backend.LogPolicy, LogPolicy.Project), token));
        await site.SubmitAsync("first");
        var agent = await site.Data.OpenSessionAsync(site.Study.Backend);
        var job = await agent.ClaimOneAsync();
        await agent.StartAsync(job);
        using var dora = await site.DeveloperAsync();
        using var events = await dora.EventsAsync($"{site.Address}/1/{job.JobId}/log/live?since=2");

        await RemoveAsync(site);

        Assert.Contains("event: done", await LiveEvents.UntilAsync(events, "event: done"), StringComparison.Ordinal);
    }

    [RequiresProgram("git")]
    public async Task Who_is_deactivated_hears_nothing_more_though_nothing_changes()
    {
        await using var site = await RunsSite.StartAsync();
        using var dora = await site.DeveloperAsync();
        var page = await dora.PageAsync("/event-log");
        using var events = await dora.EventsAsync(page.QuerySelector("[sse-connect]")!.GetAttribute("sse-connect")!);

        await site.Data.Database.WriteAsync((db, token) =>
            db.Users.Where(user => user.Id == site.Study.Developer.Id).ExecuteUpdateAsync(set => set.SetProperty(user => user.IsActive, false), token));

        while (await events.ReadLineAsync().WaitAsync(Deadline) is { } line)
            Assert.DoesNotContain("data:", line, StringComparison.Ordinal);
    }

    [RequiresProgram("git")]
    public async Task A_page_that_stays_open_is_no_use_of_the_sign_in()
    {
        await using var site = await RunsSite.StartAsync(ProjectYaml.Chain, ("Portal:Sessions:Idle", "00:00:08"));
        using var dora = await site.DeveloperAsync();
        using var events = await dora.EventsAsync($"{site.Address}/run-jobs/live?since=0");

        // Looked at every five seconds, which would keep it alive for ever.
        while (await events.ReadLineAsync().WaitAsync(Deadline) is not null)
        {
        }

        using var again = await dora.GetAsync("/settings");
        Assert.StartsWith("/login", again.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private static Task RemoveAsync(RunsSite site) => site.Data.Database.WriteAsync(async (db, token) =>
    {
        var members = db.ProjectMemberships.Where(member => member.UserId == site.Study.Developer.Id);
        await db.Set<Domain.Projects.ProjectMembershipRole>().Where(role => members.Any(member => member.Id == role.MembershipId)).ExecuteDeleteAsync(token);
        return await members.ExecuteDeleteAsync(token);
    });
}
