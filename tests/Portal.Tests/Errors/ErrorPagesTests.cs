using System.Net;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Errors;

public sealed class ErrorPagesTests
{
    [Fact]
    public async Task An_unknown_address_gets_a_page_with_a_way_back()
    {
        await using var site = await PortalSite.StartAsync();

        var page = await site.NewBrowser().PageAsync("/nothing/at/all/of/this", HttpStatusCode.NotFound);

        Assert.Equal("Page not found", page.QuerySelector("h1")!.TextContent);
        Assert.NotNull(page.QuerySelector("main a[href='/']"));
    }

    [Fact]
    public async Task A_fault_of_ours_shows_a_reference_and_nothing_of_the_fault()
    {
        await using var site = await PortalSite.StartAsync();

        var page = await site.NewBrowser().PageAsync("/probe/throw", HttpStatusCode.InternalServerError);

        Assert.Equal("Something went wrong", page.QuerySelector("h1")!.TextContent);
        Assert.NotEmpty(page.QuerySelector("main code")!.TextContent);
        Assert.DoesNotContain("the secret inside", page.DocumentElement.OuterHtml);
    }

    [Fact]
    public async Task A_database_that_is_down_gets_the_same_page()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await site.Data.CreateStudyAsync();
        var browser = await site.SignInAsync(study.Developer);
        await site.Data.Database.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync("ALTER TABLE SignInSessions RENAME TO Gone", token));

        var page = await browser.PageAsync("/orgs", HttpStatusCode.InternalServerError);

        Assert.Equal("Something went wrong", page.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("SQLite", page.DocumentElement.OuterHtml);
    }

    [Fact]
    public async Task Programs_get_problem_details_instead_of_a_page()
    {
        await using var site = await PortalSite.StartAsync();

        var response = await site.NewBrowser().GetAsync("/api/v2/probe/throw");

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("the secret inside", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_refusal_says_which_role_is_missing_and_who_can_give_it()
    {
        await using var site = await PortalSite.StartAsync();

        var page = await site.NewBrowser().PageAsync("/probe/forbidden", HttpStatusCode.Forbidden);

        var facts = page.QuerySelector("dl.facts")!.TextContent;
        Assert.Contains("Run jobs in this project", facts);
        Assert.Contains("Project Developer", facts);
        Assert.Contains("A Core Developer", facts);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/theme")]
    public async Task A_form_without_its_hidden_token_is_refused_in_plain_words(string address)
    {
        await using var site = await PortalSite.StartAsync();

        var response = await site.NewBrowser().PostBlindAsync(address, ("theme", "dark"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var page = PortalSite.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("This form is out of date", page.QuerySelector("h1")!.TextContent);
    }
}
