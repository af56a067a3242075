using JobServer.TestCommon;

namespace JobServer.Portal.Tests.Pages;

public sealed class HomeTests
{
    [Fact]
    public async Task People_see_the_five_newest_requests_of_their_own_projects()
    {
        await using var site = await PortalSite.StartAsync();
        var mine = await StudySite.MakeAsync(site);
        var other = await StudySite.MakeAsync(site);
        var numbers = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            numbers.Add(await site.Data.SubmitAsync(mine.Study, ProjectYaml.Wide(6), $"a{i:D2}"));
        }

        await site.Data.SubmitAsync(other.Study, ProjectYaml.One, "alone");

        var page = await (await site.SignInAsync(mine.Study.Developer)).PageAsync("/");

        var links = page.QuerySelectorAll("tbody a.btn").Select(link => link.GetAttribute("href"));
        Assert.Equal(numbers.AsEnumerable().Reverse().Take(5).Select(number => $"{mine.Workspace}/{number}"), links);
        Assert.All(page.QuerySelectorAll("tbody .pill"), pill => Assert.Equal("Pending", pill.TextContent.Trim()));
        Assert.NotNull(page.QuerySelector("a[href='/event-log'].btn"));
    }

    [Fact]
    public async Task The_list_of_workspaces_can_be_filtered_without_script()
    {
        await using var site = await PortalSite.StartAsync();
        var asthma = await StudySite.MakeAsync(site);
        var other = await StudySite.MakeAsync(site);
        await site.Data.CreateWorkspaceAsync(asthma.Study.Project, asthma.Study.Developer, "blood_pressure");
        await site.Data.CreateWorkspaceAsync(asthma.Study.Project, asthma.Study.Developer, "bloodXpressure");
        var browser = site.NewBrowser();

        async Task<IEnumerable<string>> NamesAsync(string address) =>
            (await browser.PageAsync(address)).QuerySelectorAll("#workspace-list .name").Select(name => name.TextContent).ToList();

        Assert.Equal(4, (await NamesAsync("/")).Count());
        Assert.Equal(["blood_pressure"], await NamesAsync("/?q=OOD_P"));
        Assert.Equal([other.Study.Workspace.Slug], await NamesAsync($"/?q={Uri.EscapeDataString(other.Study.Project.Name)}"));
        Assert.Contains("No active workspace matches", (await browser.PageAsync("/?q=%25")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task Add_a_new_workspace_leads_to_the_persons_organisation()
    {
        await using var site = await PortalSite.StartAsync();
        var person = await site.Data.CreateUserAsync();
        var browser = await site.SignInAsync(person);

        var none = await browser.PageAsync("/");
        Assert.NotNull(none.QuerySelector(".page-actions button[disabled]"));
        Assert.Contains("You belong to no organisation yet", none.QuerySelector("#no-organisation")!.TextContent);

        await JoinAsync(site, "first", person.Id);
        Assert.Equal("/first", (await browser.PageAsync("/")).QuerySelector(".page-actions a")!.GetAttribute("href"));

        await JoinAsync(site, "second", person.Id);
        Assert.Equal("/orgs", (await browser.PageAsync("/")).QuerySelector(".page-actions a")!.GetAttribute("href"));
    }

    private static async Task JoinAsync(PortalSite site, string slug, int personId)
    {
        var organisation = await site.Data.CreateOrganisationAsync(slug);
        await site.Data.Database.AddAsync(new Domain.Organisations.OrganisationMembership
        {
            OrganisationId = organisation.Id,
            UserId = personId,
            CreatedAt = site.Data.Now,
        });
    }
}
