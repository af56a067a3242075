using JobServer.Domain.Access;

namespace JobServer.Portal.Tests.Pages;

public sealed class HelpTests
{
    [Fact]
    public async Task Help_says_whom_to_ask_and_what_each_role_is_for()
    {
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?>
        {
            ["Portal:SiteName"] = "The site",
            ["Portal:ContactAddress"] = "help@example.org",
        });
        var browser = site.NewBrowser();

        var page = await browser.PageAsync("/help");

        Assert.NotNull(page.QuerySelector("main a[href='mailto:help@example.org']"));
        Assert.Contains("The site", page.QuerySelector("main")!.TextContent);
        Assert.All(Roles.All, role => Assert.Contains(role.Sentence(), page.QuerySelector("main")!.TextContent));
        Assert.NotNull((await browser.PageAsync("/")).QuerySelector("footer a[href='/help']"));
    }
}
