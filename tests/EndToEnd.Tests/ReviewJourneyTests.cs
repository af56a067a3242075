using Microsoft.Playwright;

namespace JobServer.EndToEnd.Tests;

/// <summary>A reviewed release and a publication, by everybody who takes part, in their browsers.</summary>
[Collection(nameof(AllInOneCollection))]
public sealed class ReviewJourneyTests(AllInOneFixture service, BrowserFixture browsers)
{
    private const string Yaml = """
        version: '3.0'
        actions:
          count:
            run: python:latest python count.py
            outputs:
              moderately_sensitive:
                groups: output/groups.csv
                regions: output/regions.csv
                picture: output/plot.svg
                notes: output/notes.txt
        """;

    [JourneyFact]
    public async Task Two_checkers_review_return_and_release_and_a_publisher_shows_the_files_to_everybody()
    {
        const string name = "review-journey";
        var workspace = $"{Researcher.Project}/{name}";
        var runs = new StudyRuns(service);
        await runs.MakeAsync(name, Study(regions: "north,120\nsouth,3\n", fill: "red", note: "First version."));
        await runs.RunAsync(name, StudyRuns.Reviewed, "count");
        await using var researcher = await PersonAsync("Project Developer");
        await using var first = await PersonAsync("Output Checker");
        await using var second = await PersonAsync("Second Output Checker");

        // The researcher sees the findings before they ask, and says why the failed check does not matter.
        await researcher.Page.GotoAsync($"{workspace}/outputs/unreleased");
        await SeesAsync(researcher.Page, "May disclose");
        foreach (var box in await researcher.Page.Locator("input[name=Chosen]").AllAsync())
        {
            await box.CheckAsync();
        }

        await AskAsync(researcher.Page, "Ask for release");
        await SeesAsync(researcher.Page, "say under each why it may leave");
        await researcher.LookAsync("ask-refused");
        await researcher.Page.GetByLabel("Why it may leave all the same").FillAsync("The small count is of hospitals.");
        await AskAsync(researcher.Page, "Ask for release");
        var request = researcher.Page.Url;
        await researcher.LookAsync("request-for-release");

        // The first checker approves by keys, refuses the small count, and sends the request back.
        await OpenReviewAsync(first.Page, name);
        await SeesAsync(first.Page, "Counts of people by group and by region");
        await first.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(first.Page.GetByText("to the reason of a rejection")).ToBeVisibleAsync();
        await first.LookAsync("review");
        await first.Page.Keyboard.PressAsync("?");
        await first.Page.Keyboard.PressAsync("a");
        await Assertions.Expect(first.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Approve" })).ToBeFocusedAsync();
        await first.Page.Keyboard.PressAsync("Enter");
        await SeesAsync(first.Page, "You approved the file.");
        await ChooseAsync(first.Page, "regions.csv");
        await Assertions.Expect(first.Page.Locator(".cell-found")).ToContainTextAsync("3");
        await first.Page.GetByLabel("Reason (of a rejection)").SelectOptionAsync("SmallCounts");
        await first.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Reject" }).ClickAsync();
        await SeesAsync(first.Page, "You rejected the file.");
        await first.Page.GetByText("Return to the author").ClickAsync();
        await first.Page.GetByLabel("For the author.").FillAsync("Hide the count of the south.");
        await first.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Return the request" }).ClickAsync();
        await SeesAsync(first.Page, "The request went back to its author");

        // The researcher changes it, says so, and submits it again with what is unchanged.
        await service.AddStudyAsync(name, Study(regions: "north,120\nsouth,[REDACTED]\n", fill: "red", note: "First version."));
        await runs.RunAsync(name, StudyRuns.Reviewed, "count");
        await researcher.Page.GotoAsync(request);
        await SeesAsync(researcher.Page, "Hide the count of the south.");
        await researcher.Page.GetByLabel("Answer").FillAsync("It is hidden now.");
        await researcher.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Say it" }).ClickAsync();
        await researcher.LookAsync("request-returned");
        await researcher.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Change and submit again" }).ClickAsync();
        await AskAsync(researcher.Page, "Submit again", fills: false);

        // What the first approved is carried over; both decide on the rest, and the last decision releases.
        await OpenReviewAsync(second.Page, name);
        await SeesAsync(second.Page, "carried over from turn 1: the file is unchanged");
        await SeesAsync(second.Page, "It is hidden now.");
        await second.LookAsync("review-carried-over");
        await ApproveAllAsync(second.Page);
        await OpenReviewAsync(first.Page, name);
        await ApproveAllAsync(first.Page);
        await SeesAsync(first.Page, "what two checkers approved is released");
        await researcher.Page.GotoAsync(request);
        await researcher.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "See the release" }).ClickAsync();
        await ChooseAsync(researcher.Page, "regions.csv");
        await SeesAsync(researcher.Page, "[REDACTED]");

        await CompareAsync(name, runs, researcher, first);
        await PublishAsync(workspace, researcher);
        foreach (var visitor in new[] { researcher, first, second })
        {
            visitor.AssertNothingWasWrong();
        }
    }

    /// <summary>The next version is shown beside the one that was released.</summary>
    private async Task CompareAsync(string name, StudyRuns runs, Visitor researcher, Visitor checker)
    {
        await service.AddStudyAsync(name, Study(regions: "north,130\nwest,55\nsouth,[REDACTED]\n", fill: "blue", note: "Second version."));
        await runs.RunAsync(name, StudyRuns.Reviewed, "count");
        await researcher.Page.GotoAsync($"{Researcher.Project}/{name}/outputs/unreleased");
        foreach (var box in await researcher.Page.Locator("input[name=Chosen]").AllAsync())
        {
            await box.CheckAsync();
        }

        await AskAsync(researcher.Page, "Ask for release");
        await OpenReviewAsync(checker.Page, name);
        await ChooseAsync(checker.Page, "regions.csv");
        await Assertions.Expect(checker.Page.Locator(".cell-changed")).ToHaveTextAsync("130 before: 120");
        await Assertions.Expect(checker.Page.Locator(".row-added")).ToContainTextAsync("west");
        await checker.LookAsync("review-table-changed");
        await ChooseAsync(checker.Page, "notes.txt");
        await Assertions.Expect(checker.Page.Locator(".diff .removed")).ToContainTextAsync("First version.");
        await checker.LookAsync("review-text-changed");
        await ChooseAsync(checker.Page, "plot.svg");
        var pictures = checker.Page.Locator(".side-by-side img");
        await Assertions.Expect(pictures).ToHaveCountAsync(2);
        var (now, before) = (await pictures.Nth(0).BoundingBoxAsync(), await pictures.Nth(1).BoundingBoxAsync());
        Assert.True(before!.X >= now!.X + now.Width, "The two pictures do not stand side by side.");
        await checker.LookAsync("review-pictures");
        var controls = await checker.Page.Locator(".review-decide").BoundingBoxAsync();
        Assert.True(controls!.Y + controls.Height <= 901, "The controls are out of view.");
    }

    private async Task PublishAsync(string workspace, Visitor researcher)
    {
        await using var publisher = await PersonAsync("Output Publisher");
        await using var visitor = (await browsers.VisitAsync(service.Site.PortalAddress)).WatchScripts();

        await researcher.Page.GotoAsync($"{workspace}/outputs/latest");
        await researcher.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Publish", Exact = true }).ClickAsync();
        await researcher.LookAsync("ask-for-publication");
        await researcher.Page.GetByLabel("Title").FillAsync("Tables of the article");
        await researcher.Page.GetByLabel("Reason").FillAsync("The article appears next week.");
        await researcher.Page.GetByLabel("Leave out").Last.CheckAsync();
        await researcher.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ask for publication" }).ClickAsync();
        await SeesAsync(researcher.Page, "Waits for an Output Publisher");
        var publication = researcher.Page.Url;
        Assert.Equal(404, (await visitor.Page.GotoAsync(publication))!.Status);

        await publisher.Page.GotoAsync("/publications");
        await publisher.LookAsync("publications");
        await publisher.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Tables of the article" }).First.ClickAsync();
        await publisher.LookAsync("publication-to-decide");
        await publisher.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Publish for everybody" }).ClickAsync();
        await SeesAsync(publisher.Page, "The files are public now");

        await visitor.Page.GotoAsync(Researcher.Project);
        await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Tables of the article" }).ClickAsync();
        await ChooseAsync(visitor.Page, "groups.csv");
        await SeesAsync(visitor.Page, "women");
        await visitor.LookAsync("published");
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Download all" }).ClickAsync());
        Assert.EndsWith(".zip", download.SuggestedFilename);
        var file = await visitor.Page.Locator(".viewer-name a").GetAttributeAsync("href");
        Assert.Equal(200, (await visitor.Page.APIRequest.GetAsync(service.Site.PortalAddress.TrimEnd('/') + file)).Status);

        await publisher.Page.GetByText("Unpublish").First.ClickAsync();
        await publisher.Page.GetByLabel("Reason").FillAsync("A total was wrong.");
        await publisher.LookAsync("unpublish");
        await publisher.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Unpublish" }).ClickAsync();
        await SeesAsync(publisher.Page, "no longer public");
        visitor.IsAfterRefusals = true;
        Assert.Equal(410, (await visitor.Page.GotoAsync(publication))!.Status);
        await visitor.LookAsync("unpublished");
        Assert.Equal(401, (await visitor.Page.APIRequest.GetAsync(service.Site.PortalAddress.TrimEnd('/') + file)).Status);
        publisher.AssertNothingWasWrong();
        visitor.AssertNothingWasWrong();
    }

    private async Task<Visitor> PersonAsync(string name)
    {
        var visitor = (await browsers.VisitAsync(service.Site.PortalAddress)).WatchScripts();
        await visitor.SignInAsync(name);
        return visitor;
    }

    private static async Task OpenReviewAsync(IPage page, string workspace)
    {
        await page.GotoAsync("/reviews");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = workspace }).First.ClickAsync();
        await SeesAsync(page, "Release of files of");
    }

    private static Task ChooseAsync(IPage page, string file) => page.Locator(".viewer-files a", new PageLocatorOptions { HasText = file }).ClickAsync();

    private static async Task ApproveAllAsync(IPage page)
    {
        var files = await page.Locator(".viewer-files a").EvaluateAllAsync<string[]>("links => links.filter(link => !link.innerText.includes('decided by you')).map(link => link.getAttribute('href'))");
        foreach (var file in files)
        {
            await page.GotoAsync(file);
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Approve" }).ClickAsync();
            await Assertions.Expect(page.Locator(".notice-success")).ToBeVisibleAsync();
        }
    }

    private static async Task AskAsync(IPage page, string button, bool fills = true)
    {
        if (fills)
        {
            await page.GetByLabel("Context").FillAsync("Counts of people by group and by region, all adults of the cohort.");
            await page.GetByLabel("What was done against disclosure").FillAsync("Counts below ten are hidden, the others are rounded to five.");
        }

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();
    }

    private static Task SeesAsync(IPage page, string text) => Assertions.Expect(page.Locator("body")).ToContainTextAsync(text);

    private static Dictionary<string, string> Study(string regions, string fill, string note) => new(StringComparer.Ordinal)
    {
        ["project.yaml"] = Yaml,
        ["count.py"] = $$"""
            import pathlib
            out = pathlib.Path("output")
            out.mkdir(exist_ok=True)
            (out / "groups.csv").write_text("group,count\nwomen,120\nmen,115\n")
            (out / "regions.csv").write_text("region,count\n{{regions.Replace("\n", "\\n", StringComparison.Ordinal)}}")
            (out / "plot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="200" height="100" fill="{{fill}}"/></svg>')
            (out / "notes.txt").write_text("Counts of the cohort.\n{{note}}\n")
            """,
    };
}
