using JobServer.TestCommon;
using Microsoft.Playwright;

namespace JobServer.Portal.Tests.Releases;

/// <summary>What a real browser does with a page and a picture that a study made to attack the site.</summary>
public sealed class RealBrowserTests
{
    [RequiresProgram("chromium")]
    public async Task Nothing_that_a_study_wrote_runs_calls_home_or_reaches_the_site()
    {
        await using var served = await ServedSite.StartAsync();
        var (site, address) = (served.Site, served.Address);
        var html = $$"""
            <!doctype html><title>report</title><style>p { color: rgb(1, 2, 3) }</style>
            <script>document.title = 'owned'; fetch('{{address}}/call'); parent.document.title = 'owned';</script>
            <p onclick="document.title = 'owned'">A report</p>
            <img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" alt="">
            <img src="{{address}}/call" alt="" onerror="document.title = 'owned'">
            <link rel="stylesheet" href="{{address}}/call"><iframe src="{{address}}/call"></iframe>
            <meta http-equiv="refresh" content="0; url={{address}}/call"><form action="{{address}}/call"><button>Send</button></form>
            """;
        var svg = $$"""
            <svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><title>drawing</title>
            <script>document.title = 'owned'; fetch('{{address}}/call');</script>
            <image href="{{address}}/call" width="1" height="1"/><rect width="20" height="20" onload="fetch('{{address}}/call')"/></svg>
            """;
        var release = await site.ReleaseAsync(("output/report.html", html), ("output/drawing.svg", svg), ("output/lie.png", html));

        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await ServedSite.ChromiumAsync(playwright);
        await using var context = await chromium.NewContextAsync(new() { BaseURL = address });
        var page = await served.SignInAsync(context);

        // In the viewer: drawn with its own style, and nothing more.
        var viewer = $"{site.Address}/releases/{release.Id}?file=";
        await page.GotoAsync(viewer + release.Files[0].Id);
        var report = page.FrameLocator("iframe").Locator("p");
        await Assertions.Expect(report).ToHaveCSSAsync("color", "rgb(1, 2, 3)");
        await report.ClickAsync();
        await page.FrameLocator("iframe").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        Assert.StartsWith("Release ", await page.TitleAsync());
        await page.GotoAsync(viewer + release.Files[1].Id);
        await page.WaitForFunctionAsync("document.querySelector('img.file-picture').naturalWidth > 0");
        await page.GotoAsync(viewer + release.Files[2].Id);
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelector('img.file-picture').naturalWidth"));

        // Alone, as the link above the file opens it.
        foreach (var (file, title) in new[] { (release.Files[0], "report"), (release.Files[1], "drawing"), (release.Files[2], null) })
        {
            await page.GotoAsync(viewer + file.Id);
            var alone = await page.RunAndWaitForPopupAsync(() => page.Locator(".viewer-name a").ClickAsync());
            await alone.WaitForLoadStateAsync(LoadState.Load);
            Assert.EndsWith($"/api/v2/releases/file/{file.Id}", alone.Url);
            Assert.True(title is null || await alone.TitleAsync() == title, $"The title is {await alone.TitleAsync()}.");
            await alone.CloseAsync();
        }

        Assert.Equal(0, served.Calls);
        await page.GotoAsync("/call");
        Assert.Equal(1, served.Calls);
    }
}
