using System.Net;
using AngleSharp.Html.Dom;

namespace JobServer.Portal.Tests.Theme;

public sealed class ThemeSwitchTests
{
    [Fact]
    public async Task The_choice_of_colours_is_remembered_and_rendered_by_the_server()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = site.NewBrowser();
        var page = await browser.PageAsync("/?q=1");
        Assert.Equal("auto", page.DocumentElement.GetAttribute("data-bs-theme"));

        var response = await browser.SubmitAsync((IHtmlFormElement)page.QuerySelector("form.theme")!, ("theme", "dark"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/?q=1", response.Headers.Location!.ToString());
        Assert.Equal("dark", (await browser.PageAsync("/")).DocumentElement.GetAttribute("data-bs-theme"));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task It_never_leads_to_another_site(string back)
    {
        await using var site = await PortalSite.StartAsync();
        var browser = site.NewBrowser();
        var page = await browser.PageAsync("/");

        var response = await browser.SubmitAsync(
            (IHtmlFormElement)page.QuerySelector("form.theme")!, ("theme", "dark"), ("return", back));

        Assert.Equal("/", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_forged_form_changes_nothing()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = site.NewBrowser();

        var response = await browser.PostBlindAsync("/theme", ("theme", "dark"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("auto", (await browser.PageAsync("/")).DocumentElement.GetAttribute("data-bs-theme"));
    }
}
