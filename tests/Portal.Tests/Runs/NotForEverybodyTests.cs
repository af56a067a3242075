using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Runs;

/// <summary>What pages about runs keep back from people who may see the rest of the page.</summary>
public sealed class NotForEverybodyTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [RequiresProgram("git")]
    public async Task Where_people_decide_on_releases_the_names_of_files_wait_for_the_decision()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        var agent = await site.Data.OpenSessionAsync(site.Study.Backend);
        var job = await agent.ClaimOneAsync();
        await agent.SucceedAsync(
            job,
            await agent.UploadAsync(job, "output/named_after_a_patient.csv"),
            await agent.OutputAsync(job, "output/excluded_patient.csv", OutputDisposition.Excluded));

        using var dora = await site.DeveloperAsync();
        var text = (await dora.PageAsync($"{site.Address}/1/{job.JobId}")).QuerySelector("main")!.TextContent;

        Assert.Contains("A file whose name waits for its release", text, StringComparison.Ordinal);
        Assert.DoesNotContain("patient", text, StringComparison.Ordinal);
    }

    [RequiresProgram("git")]
    public async Task Who_was_deactivated_gets_no_more_of_a_page_that_is_still_open()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        using var dora = await site.DeveloperAsync();
        var page = await dora.PageAsync($"{site.Address}/1");
        using var events = await dora.EventsAsync(page.QuerySelector("[sse-connect]")!.GetAttribute("sse-connect")!);

        await site.Data.Database.WriteAsync((db, token) => db.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.IsActive, false), token));
        await site.Data.Get<JobCancellations>().CancelRequestAsync(1, site.Study.Developer.Id, CancellationToken.None);

        Assert.DoesNotContain("event: changed", await events.ReadToEndAsync().WaitAsync(Deadline), StringComparison.Ordinal);
    }
}
