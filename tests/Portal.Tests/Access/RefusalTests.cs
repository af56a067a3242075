using System.Net;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Tests.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace JobServer.Portal.Tests.Access;

public sealed class RefusalTests
{
    [Fact]
    public async Task A_visitor_is_asked_to_sign_in_and_comes_back_to_the_same_page()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);

        var response = await site.NewBrowser().GetAsync($"{study.Project}/new-workspace/?x=1");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal($"/login?next={Uri.EscapeDataString($"{study.Project}/new-workspace/?x=1")}", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_person_without_the_role_is_told_which_is_missing_and_who_can_give_it()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());

        var page = await browser.PageAsync($"{study.Project}/new-workspace/", HttpStatusCode.Forbidden);

        var facts = page.QuerySelector("dl.facts")!.TextContent;
        Assert.Contains("Create a workspace", facts);
        Assert.Contains("Project Developer", facts);
        Assert.Contains("a Project Coordinator of the project or a Core Developer", facts);
    }

    [Fact]
    public async Task What_may_not_be_known_is_not_found_for_everybody_else()
    {
        await using var site = await PortalSite.StartAsync(map: app =>
            app.MapGet("/hidden", () => "here").Finally(endpoint =>
            {
                endpoint.Metadata.Clear();
                endpoint.Metadata.Add(new RequiresPermissionAttribute(Permission.ViewUnreleasedOutputs));
            }));
        var stranger = await site.SignInAsync(await site.Data.CreateUserAsync());
        var checker = await site.SignInAsync(await site.Data.CreateUserAsync(Role.OutputChecker));

        Assert.Equal(HttpStatusCode.NotFound, (await site.NewBrowser().GetAsync("/hidden")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/hidden")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await checker.GetAsync("/hidden")).StatusCode);
    }

    [Fact]
    public async Task A_role_in_one_project_counts_in_no_other()
    {
        await using var site = await PortalSite.StartAsync();
        var mine = await StudySite.MakeAsync(site);
        var other = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(mine.Study.Developer);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"{mine.Project}/new-workspace/")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync($"{other.Project}/new-workspace/")).StatusCode);
    }

    [Theory]
    [InlineData("/nobody")]
    [InlineData("/nobody/nothing")]
    [InlineData("/nobody/nothing/never")]
    [InlineData("/nobody/nothing/new-workspace/")]
    public async Task What_does_not_exist_is_not_found_before_anything_is_asked(string address)
    {
        await using var site = await PortalSite.StartAsync();

        await site.NewBrowser().PageAsync(address, HttpStatusCode.NotFound);
    }
}
