using System.Net;
using JobServer.Domain.Jobs;
using JobServer.Portal.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace JobServer.EndToEnd.Tests;

/// <summary>What an action prints, as a researcher follows it while it runs.</summary>
[Collection(nameof(AllInOneCollection))]
public sealed class LogJourneyTests(AllInOneFixture service, BrowserFixture browsers)
{
    private static readonly LocatorAssertionsToContainTextOptions Patience = new() { Timeout = 60_000 };

    [JourneyFact]
    public async Task A_researcher_follows_the_log_of_a_running_action_and_downloads_it()
    {
        var runs = new StudyRuns(service);
        await runs.MakeAsync("prints", new Dictionary<string, string>
        {
            ["project.yaml"] = Studies.OneAction("talk", "moderately_sensitive", "output/done.txt"),
            ["talk.py"] = "import os, time\nprint('<script>document.title = \"taken\"</script> \\x1b[31mhere\\x1b[0m')\n"
                + "while not os.path.exists('go'): time.sleep(0.05)\n"
                + "for i in range(2000): print('line', i)\n"
                + "while not os.path.exists('end'): time.sleep(0.05)\n"
                + "print('the last line')\n" + Studies.Writing("output/done.txt", "done"),
        });
        var number = Assert.IsType<JobSubmissionResult.Submitted>(await runs.SubmitAsync("prints", StudyRuns.Automatic, "talk")).Number;
        var job = await StartedAsync(runs, number);
        var address = $"{Researcher.Project}/prints/{number}/{job.Id}";

        await using var visitor = await browsers.VisitAsync(service.Site.PortalAddress);
        var page = visitor.Page;
        await visitor.SignInAsync("Project Developer");
        await page.GotoAsync(address);
        var log = page.Locator(".job-log-box");
        await Assertions.Expect(log).ToContainTextAsync("</script> here", Patience);

        await SayAsync(job, "go");
        await Assertions.Expect(log).ToContainTextAsync("line 1999", Patience);
        Assert.True(await IsAtEndAsync(log), "The box did not follow the end.");
        var follow = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Follow the end" });
        await Assertions.Expect(follow).ToHaveAttributeAsync("aria-pressed", "true");

        // Scrolling up with the keyboard lets go.
        await log.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(follow).ToHaveAttributeAsync("aria-pressed", "false");
        await visitor.LookAsync("job-log");

        await SayAsync(job, "end");
        await Assertions.Expect(page.Locator("#log")).ToContainTextAsync("This is the whole log.", Patience);
        await Assertions.Expect(log).ToContainTextAsync("the last line");
        Assert.False(await IsAtEndAsync(log), "The reader was torn away from where they were.");
        Assert.Equal(1, await CountAsync(log, "line 1999"));
        Assert.DoesNotContain("taken", await page.TitleAsync(), StringComparison.Ordinal);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByText("Download the whole log").ClickAsync());
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.Contains("\u001b[31mhere", text, StringComparison.Ordinal);
        Assert.EndsWith("line 1999\nthe last line\n", text, StringComparison.Ordinal);
        visitor.AssertNothingWasWrong();

        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(service.Site.PortalAddress) };
        var asked = await http.GetAsync($"{address}/log/1");
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        Assert.StartsWith("/login?", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain("line 1999", await http.GetStringAsync(address), StringComparison.Ordinal);
    }

    private static Task<bool> IsAtEndAsync(ILocator box) =>
        box.EvaluateAsync<bool>("box => box.scrollHeight - box.scrollTop - box.clientHeight < 8");

    private static Task<int> CountAsync(ILocator box, string text) =>
        box.EvaluateAsync<int>("(box, text) => box.textContent.split(text).length - 1", text);

    private static async Task<Job> StartedAsync(StudyRuns runs, int number)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            await using var db = await runs.OpenAsync();
            if (await db.Jobs.AsNoTracking().SingleAsync(job => job.JobRequestId == number) is { StartedAt: not null } job)
                return job;

            Assert.False(deadline.IsCancellationRequested, "The action did not start.");
            await Task.Delay(50);
        }
    }

    /// <summary>Tells the action to go on.</summary>
    private Task SayAsync(Job job, string word) => File.WriteAllTextAsync(
        Path.Combine(service.DataDirectory, "agents", StudyRuns.Automatic, "attempts", $"{job.Id}-1", "work", word), "");
}
