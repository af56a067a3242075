using System.Net;
using JobServer.TestCommon;

namespace JobServer.Portal.Tests.Limits;

public sealed class LimitTests
{
    [Fact]
    public async Task Too_many_attempts_to_sign_in_are_refused_and_told_when_to_go_on()
    {
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?> { ["Portal:Limits:SignInsPerMinute"] = "2", ["Portal:DemoSignIn"] = "true" });
        var browser = site.NewBrowser();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await browser.PostBlindAsync("/login", ("person", "0"))).StatusCode);
        }

        var refused = await browser.PostBlindAsync("/login", ("person", "0"));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), refused.Headers.RetryAfter!.Delta);
        var page = PortalSite.Parse(await refused.Content.ReadAsStringAsync());
        Assert.Equal("Too many requests", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Wait 10 seconds", page.QuerySelector("main")!.TextContent);
        await browser.PageAsync("/login");
    }

    [Fact]
    public async Task Behind_a_proxy_each_visitor_counts_alone_and_cannot_pass_for_another()
    {
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?>
        {
            ["Portal:Limits:SignInsPerMinute"] = "1",
            ["Portal:DemoSignIn"] = "true",
            ["ForwardedHeaders_Enabled"] = "true",
        });

        Assert.NotEqual(HttpStatusCode.TooManyRequests, await AskAsync("203.0.113.1"));
        Assert.NotEqual(HttpStatusCode.TooManyRequests, await AskAsync("203.0.113.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("203.0.113.1"));

        // What comes first is what the visitor wrote; the proxy's own word is the last.
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("198.51.100.7, 203.0.113.1"));

        async Task<HttpStatusCode> AskAsync(string from)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/login") { Content = new FormUrlEncodedContent([]) };
            request.Headers.Add("X-Forwarded-For", from);
            return (await site.NewBrowser().SendAsync(request)).StatusCode;
        }
    }

    [Fact]
    public async Task Programs_are_counted_by_person_and_told_in_their_own_words()
    {
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?> { ["Portal:Limits:ApiCallsPerMinute"] = "1" });
        var study = await site.Data.CreateStudyAsync();
        var (one, other) = (await site.SignInAsync(study.Developer), site.NewBrowser());
        const string Address = "/api/v2/releases/file/01ARZ3NDEKTSV4RRFFQ69G5FAV";

        Assert.Equal(HttpStatusCode.NotFound, (await one.GetAsync(Address)).StatusCode);
        var refused = await one.GetAsync(Address);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(Address)).StatusCode);
    }
}
