using System.Net;

namespace JobServer.Portal.Tests.Security;

public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/site.css", HttpStatusCode.OK)]
    [InlineData("/nothing/at/all/of/this", HttpStatusCode.NotFound)]
    [InlineData("/probe/throw", HttpStatusCode.InternalServerError)]
    [InlineData("/api/v2/probe/throw", HttpStatusCode.InternalServerError)]
    public async Task Every_response_carries_a_policy_that_allows_only_our_own_files(string address, HttpStatusCode status)
    {
        await using var site = await PortalSite.StartAsync();

        var response = await site.NewBrowser().GetAsync(address);

        Assert.Equal(status, response.StatusCode);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self';", policy);
        Assert.Contains("style-src 'self';", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("base-uri 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Contains("camera=()", Assert.Single(response.Headers.GetValues("Permissions-Policy")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.False(response.Headers.Contains("X-Frame-Options"));
    }

    [Fact]
    public async Task Forms_may_end_up_at_the_configured_GitHub_and_nowhere_else()
    {
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?>
        {
            ["CodeHosts:GitHub:WebAddress"] = "https://ghe.example:8443/somewhere",
        });

        var response = await site.NewBrowser().GetAsync("/");

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.EndsWith("form-action 'self' https://ghe.example:8443", policy);
    }

    [Fact]
    public async Task What_a_study_made_gets_no_origin_and_no_script_wherever_it_is_opened()
    {
        await using var site = await PortalSite.StartAsync();

        var response = await site.NewBrowser().GetAsync("/probe/study.html");

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; sandbox;", policy);
        Assert.DoesNotContain("allow-", policy);
        Assert.DoesNotContain("script-src", policy);
        Assert.Contains("frame-ancestors 'self'", policy);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task No_page_has_inline_script_or_style_and_htmx_is_told_not_to_add_any()
    {
        await using var site = await PortalSite.StartAsync();

        var page = await site.NewBrowser().PageAsync("/");

        Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
        Assert.All(page.QuerySelectorAll("script"), script => Assert.StartsWith("/", script.GetAttribute("src")));
        var config = page.QuerySelector("meta[name=htmx-config]")!.GetAttribute("content");
        Assert.Contains("\"includeIndicatorStyles\":false", config);
        Assert.Contains("\"allowEval\":false", config);
        Assert.Contains("\"allowScriptTags\":false", config);
    }

    [Fact]
    public async Task Scripts_and_style_sheets_that_a_page_names_are_served_under_fingerprinted_names()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = site.NewBrowser();
        var page = await browser.PageAsync("/");

        var files = page.QuerySelectorAll("script").Select(script => script.GetAttribute("src")!)
            .Concat(page.QuerySelectorAll("link").Select(link => link.GetAttribute("href")!)).ToList();

        Assert.Equal(7, files.Count);
        foreach (var file in files)
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(file)).StatusCode);
            Assert.Matches(@"\.[a-z0-9]{10}\.(js|css|svg)$", file);
        }
    }
}
