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
}
