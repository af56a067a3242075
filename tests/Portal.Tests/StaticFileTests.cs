using System.Net;
using AngleSharp.Html.Dom;

namespace JobServer.Portal.Tests;

public sealed class StaticFileTests
{
    [Fact]
    public async Task A_static_file_costs_no_query_and_keeps_the_security_headers()
    {
        var commands = new CommandCount();
        await using var site = await PortalSite.StartAsync(configure: commands.AddTo);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());
        var before = commands.Value;
        var page = await browser.PageAsync("/");
        Assert.True(commands.Value > before, "The page's queries were not counted.");
        before = commands.Value;

        foreach (var sheet in page.QuerySelectorAll("link[rel=stylesheet]").OfType<IHtmlLinkElement>())
        {
            var response = await browser.GetAsync(sheet.GetAttribute("href")!);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        }

        Assert.Equal(before, commands.Value);
    }

    /// <summary>A rule that is left open takes in all that follow, and browsers do not complain.</summary>
    [Fact]
    public async Task Every_rule_of_the_style_sheet_is_closed_where_the_next_begins()
    {
        await using var site = await PortalSite.StartAsync();
        var sheet = await (await site.NewBrowser().GetAsync("/site.css")).Content.ReadAsStringAsync();
        var depth = 0;

        foreach (var line in sheet.Split('\n'))
        {
            // Only what is indented stands inside of something.
            Assert.True(depth == 0 || line.Length == 0 || line[0] is ' ' or '}', $"A rule is open before: {line}");
            depth += line.Count(letter => letter == '{') - line.Count(letter => letter == '}');
        }

        Assert.Equal(0, depth);
    }
}
