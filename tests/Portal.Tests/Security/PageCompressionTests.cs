using System.Net;
using Microsoft.Net.Http.Headers;

namespace JobServer.Portal.Tests.Security;

/// <summary>The length of a compressed page can tell what it says, so who can make a browser ask for one matters.</summary>
public sealed class PageCompressionTests
{
    [Theory]
    [InlineData("same-origin", true)]
    [InlineData("none", true)]
    [InlineData("same-site", false)]
    [InlineData("cross-site", false)]
    [InlineData(null, false)]
    public async Task A_persons_page_is_compressed_only_where_no_other_site_asked_for_it(string? origin, bool compressed)
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());

        var response = await AskAsync(browser, "/settings", origin);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(compressed ? ["br"] : [], response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task A_visitors_page_is_compressed_whoever_asked_for_it()
    {
        await using var site = await PortalSite.StartAsync();

        foreach (var (address, status) in new[] { ("/", HttpStatusCode.OK), ("/nothing/at/all/of/this", HttpStatusCode.NotFound) })
        {
            var response = await AskAsync(site.NewBrowser(), address, "cross-site");

            Assert.Equal(status, response.StatusCode);
            Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
            Assert.Contains("Accept-Encoding", response.Headers.Vary);
        }
    }

    [Fact]
    public async Task What_a_study_made_goes_out_as_it_is()
    {
        await using var site = await PortalSite.StartAsync();

        var response = await AskAsync(site.NewBrowser(), "/probe/study.html", "same-origin");

        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    /// <summary>Were it the same twice, a listener could find it out letter by letter.</summary>
    [Fact]
    public async Task The_token_of_a_form_is_another_one_on_every_page()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());
        async Task<IEnumerable<string?>> Tokens() =>
            (await browser.PageAsync("/settings")).QuerySelectorAll("input[name=__form]").Select(input => input.GetAttribute("value"));

        Assert.Empty((await Tokens()).Intersect(await Tokens(), StringComparer.Ordinal));
    }

    private static Task<HttpResponseMessage> AskAsync(Browser browser, string address, string? origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add(HeaderNames.AcceptEncoding, "br, gzip");
        if (origin is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", origin);
        }

        return browser.SendAsync(request);
    }
}
