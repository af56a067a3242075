using JobServer.TestCommon;

namespace JobServer.Portal.Tests.Pages;

public sealed class PublicPagesTests
{
    [Fact]
    public async Task Visitors_see_every_page_of_a_study_and_nobody_by_name()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        await site.Data.SubmitAsync(study.Study, ProjectYaml.One, "alone");
        string[] addresses = ["/", "/orgs", "/status", study.Organisation, study.Project, study.Workspace];
        var developer = study.Study.Developer;

        foreach (var address in addresses)
        {
            var page = await site.NewBrowser().PageAsync(address);

            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.DoesNotContain(developer.FullName, page.DocumentElement.OuterHtml);
            Assert.DoesNotContain(developer.Login, page.DocumentElement.OuterHtml);
            Assert.DoesNotContain(developer.Email!, page.DocumentElement.OuterHtml);
        }
    }

    [Fact]
    public async Task Letter_case_and_a_trailing_slash_do_not_matter()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);

        await site.NewBrowser().PageAsync(study.Workspace.ToUpperInvariant() + "/");
        await site.NewBrowser().PageAsync("/ORGS/");
    }

    [Fact]
    public async Task Pages_of_ones_own_ask_visitors_to_sign_in()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());

        foreach (var address in (string[])["/settings", "/applications"])
        {
            await browser.PageAsync(address);
            Assert.StartsWith("/login", (await site.NewBrowser().GetAsync(address)).Headers.Location!.ToString());
        }
    }
}
