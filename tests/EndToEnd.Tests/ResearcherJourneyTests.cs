using System.IO.Compression;
using Microsoft.Playwright;

namespace JobServer.EndToEnd.Tests;

/// <summary>Steps 7, 9 and 10 of the user guide, as a researcher does them.</summary>
[Collection(nameof(AllInOneCollection))]
public sealed class ResearcherJourneyTests(AllInOneFixture service, BrowserFixture browsers)
{
    private const string Repository = "https://demo.local/studies/asthma-exacerbations";
    private const string Project = "/demo-institute/asthma-exacerbations";

    [JourneyFact]
    public async Task A_researcher_makes_a_workspace_runs_its_jobs_and_opens_the_released_picture()
    {
        await using var visitor = await browsers.VisitAsync(service.Site.PortalAddress);
        var page = visitor.Page;
        await page.GotoAsync("/login");
        await visitor.LookAsync("login");
        await visitor.SignInAsync("Project Developer");
        await visitor.LookAsync("home");

        await MakeWorkspaceAsync(visitor, "journey");
        await RunEverythingAsync(visitor, "journey");
        await SeeLogsAsync(visitor, "journey");
        await OpenPictureAsync(visitor, "journey");
        await DownloadAsync(page, "journey");
        await DeleteAsync(visitor, "journey");
        visitor.AssertNothingWasWrong();
    }

    [JourneyFact]
    public async Task Failure_says_what_failed_and_what_was_not_started()
    {
        await using var visitor = await browsers.VisitAsync(service.Site.PortalAddress);
        var page = visitor.Page;
        await visitor.SignInAsync("Project Developer");
        await page.GotoAsync($"{Project}/asthma-broken/run-jobs/");
        await ToggleAsync(page, "run_all");
        await SubmitAsync(page);
        await Assertions.Expect(page.Locator(".run-progress")).ToContainTextAsync("Failed", new LocatorAssertionsToContainTextOptions { Timeout = 120_000 });
        var text = await page.InnerTextAsync("main");
        Assert.Contains("exited with", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("output/tables/population.csv", text, StringComparison.Ordinal);
        Assert.Contains("Not started because the action it needs", text, StringComparison.Ordinal);
        await visitor.LookAsync("request-failed");
        visitor.AssertNothingWasWrong();
    }

    [JourneyFact]
    public async Task A_visitor_sees_the_runs_but_no_names_and_no_files()
    {
        await using var visitor = await browsers.VisitAsync(service.Site.PortalAddress);
        var page = visitor.Page;
        foreach (var (name, address) in new[]
        {
            ("visitor-home", "/"), ("visitor-orgs", "/orgs"), ("visitor-org", "/demo-institute"), ("visitor-project", Project),
            ("visitor-workspace", $"{Project}/asthma-main"), ("visitor-status", "/status"), ("visitor-event-log", "/event-log"),
            ("visitor-releases", $"{Project}/asthma-main/releases"), ("not-found", "/there/is/nothing/here"),
        })
        {
            await page.GotoAsync(address);
            Assert.DoesNotContain("Project Developer", await page.InnerTextAsync("main"), StringComparison.Ordinal);
            await visitor.LookAsync(name);
        }

        await page.GotoAsync($"{Project}/asthma-main/run-jobs/");
        Assert.Contains("/login", page.Url, StringComparison.Ordinal);
        visitor.AssertNothingWasWrong();
    }

    private static async Task MakeWorkspaceAsync(Visitor visitor, string name)
    {
        var page = visitor.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Add a New Workspace" }).ClickAsync();
        await visitor.LookAsync("organisation");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Asthma exacerbations" }).First.ClickAsync();
        await visitor.LookAsync("project");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Create a new workspace" }).ClickAsync();
        await visitor.LookAsync("new-workspace");
        await page.GetByLabel("Workspace name").FillAsync(name);
        await page.GetByLabel("Repository", new PageGetByLabelOptions { Exact = true }).FillAsync(Repository);
        await page.GetByLabel("Branch").FillAsync("no-such-branch");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Create" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("no branch 'no-such-branch'");
        await visitor.LookAsync("new-workspace-refused");
        await page.GetByLabel("Branch").FillAsync("main");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Create" }).ClickAsync();
        await page.WaitForURLAsync($"**{Project}/{name}");
        await visitor.LookAsync("workspace-new");
    }

    private static async Task RunEverythingAsync(Visitor visitor, string name)
    {
        var page = visitor.Page;
        await page.GotoAsync($"{Project}/{name}");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Run Jobs" }).ClickAsync();
        await page.WaitForURLAsync("**/run-jobs/");
        await visitor.LookAsync("run-jobs");
        await ToggleAsync(page, "run_all");
        await visitor.LookAsync("run-jobs-chosen");
        await SubmitAsync(page);

        // No reload from here on: the page follows the jobs by itself.
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("8 of 8 jobs done", new LocatorAssertionsToContainTextOptions { Timeout = 120_000 });
        await visitor.LookAsync("request-succeeded");
        await page.Locator("main table a").First.ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Completed successfully");
        await visitor.LookAsync("job");
    }

    private static async Task SubmitAsync(IPage page)
    {
        await page.GetByLabel("Demo site", new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Submit" }).ClickAsync();
        await page.WaitForURLAsync(address => !address.Contains("run-jobs", StringComparison.Ordinal));
    }

    private static async Task ToggleAsync(IPage page, string action)
    {
        var label = page.Locator("label.run-toggle", new PageLocatorOptions { HasText = action == "run_all" ? "all actions" : action });
        await label.ClickAsync();
        var background = await label.EvaluateAsync<string>("element => getComputedStyle(element).backgroundColor");
        var channels = background[(background.IndexOf('(') + 1)..].TrimEnd(')').Split(',').Take(3).Select(part => double.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.True(channels[1] > channels[0] && channels[1] > channels[2], $"The chosen action's button is {background}, not green.");
    }

    private static async Task SeeLogsAsync(Visitor visitor, string name)
    {
        var page = visitor.Page;
        await page.GotoAsync($"{Project}/{name}/logs/?next=/gad");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Succeeded");
        await visitor.LookAsync("logs");
        await page.GotoAsync("/event-log");
        await visitor.LookAsync("event-log");
    }

    private static async Task OpenPictureAsync(Visitor visitor, string name)
    {
        var page = visitor.Page;
        await page.GotoAsync($"{Project}/{name}");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Released Outputs" }).ClickAsync();
        await page.WaitForURLAsync("**/releases");
        await visitor.LookAsync("releases");

        await page.GotoAsync($"{Project}/{name}/outputs/latest");
        await visitor.LookAsync("latest");
        await page.Locator("main a", new PageLocatorOptions { HasText = "ages.png" }).First.ClickAsync();
        var picture = page.Locator("main img").First;
        await Assertions.Expect(picture).ToBeVisibleAsync();
        var width = await picture.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)");
        Assert.True(width > 100, $"The released picture is {width} pixels wide.");
        await visitor.LookAsync("picture");

        await page.Locator("main a", new PageLocatorOptions { HasText = "monthly_rates.svg" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("main img").First).ToBeVisibleAsync();
        await page.Locator("main a", new PageLocatorOptions { HasText = "population.csv" }).First.ClickAsync();
        await visitor.LookAsync("table");
        await page.Locator("main a", new PageLocatorOptions { HasText = "report.html" }).First.ClickAsync();
        await visitor.LookAsync("report");
    }

    private static async Task DownloadAsync(IPage page, string name)
    {
        await page.GotoAsync($"{Project}/{name}/outputs/latest");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Download all" }).First.ClickAsync());
        Assert.Equal($"workspace-{name}.zip", download.SuggestedFilename);
        using var zip = ZipFile.OpenRead(await download.PathAsync());
        Assert.Contains(zip.Entries, entry => entry.FullName == $"high_privacy/workspaces/{name}/output/figures/ages.png");
        Assert.DoesNotContain(zip.Entries, entry => entry.FullName.Contains("dataset", StringComparison.Ordinal));
    }

    private static async Task DeleteAsync(Visitor visitor, string name)
    {
        var page = visitor.Page;
        await page.GotoAsync($"{Project}/{name}/releases");
        await page.Locator("main details summary").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Delete" }).First.ClickAsync();
        await visitor.LookAsync("delete-file");
    }
}
