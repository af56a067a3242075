using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Domain.Access;
using JobServer.Domain.Organisations;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Admin;

public sealed class OrganisationTests
{
    [Fact]
    public async Task An_admin_makes_one_with_a_slug_of_its_name_and_finds_it()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));

        var answer = await browser.SubmitWholeAsync(Form(await browser.PageAsync("/admin/organisations/new"), "/admin/organisations/new"), ("Input.Name", "Sleep & Age"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("Sleep & Age", (await browser.PageAsync("/sleep-age")).Body!.TextContent);
        Assert.Contains("Sleep & Age", (await browser.PageAsync("/admin/organisations?q=sleep-a")).QuerySelector("tbody")!.TextContent);
        Assert.Contains("No organisation matches", (await browser.PageAsync("/admin/organisations?q=%25")).QuerySelector("main")!.TextContent);
        Assert.Contains("Sleep & Age", (await browser.PageAsync("/admin?q=sleep")).QuerySelector("main")!.TextContent);
    }

    [Theory]
    [InlineData("", "", "Input_Name", "Enter a name")]
    [InlineData("Admin", "", "Input_Slug", "in its own addresses")]
    [InlineData("北", "", "Input_Slug", "no letter a to z")]
    [InlineData("North", "../x", "Input_Slug", "Use only letters")]
    [InlineData("Again", "TAKEN", "Input_Slug", "has the slug")]
    [InlineData("North \u202egnp", "", "Input_Name", "cannot be shown")]
    public async Task What_cannot_be_an_organisation_is_refused_and_kept_in_the_form(string name, string slug, string field, string message)
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        await site.Data.CreateOrganisationAsync("taken");

        var answer = await browser.SubmitWholeAsync(
            Form(await browser.PageAsync("/admin/organisations/new"), "/admin/organisations/new"), ("Input.Name", name), ("Input.Slug", slug));

        var page = PortalSite.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Contains(message, page.GetElementById(field + "_error")!.TextContent);
        Assert.Equal(name, ((IHtmlInputElement)page.GetElementById("Input_Name")!).Value);
        Assert.Equal(1, await site.Data.Database.ReadAsync(db => db.Organisations.CountAsync()));
    }

    [Fact]
    public async Task Renamed_its_former_address_leads_on_and_a_second_admin_is_told()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var organisation = await site.Data.CreateOrganisationAsync("north");
        await site.Data.CreateProjectAsync(organisation, "asthma");
        var seen = await browser.PageAsync(Address(organisation));

        await browser.SubmitWholeAsync(Form(seen, Address(organisation)), ("Input.Slug", "north-2"));
        var second = await browser.SubmitWholeAsync(Form(seen, Address(organisation)), ("Input.Slug", "mine"));

        Assert.Equal("/north-2/asthma", (await browser.GetAsync("/north/asthma")).Headers.Location!.ToString());
        var told = PortalSite.Parse(await second.Content.ReadAsStringAsync());
        Assert.Contains("somebody else changed this organisation", told.GetElementById("Input_Name_error")!.TextContent);
        Assert.Equal("mine", ((IHtmlInputElement)told.GetElementById("Input_Slug")!).Value);
    }

    [Fact]
    public async Task An_onboarding_agent_adds_people_and_attaches_projects_and_can_do_no_more()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("olive", Role.OnboardingAgent));
        var organisation = await site.Data.CreateOrganisationAsync("north");
        var (project, ada) = (await site.Data.CreateProjectAsync(slug: "asthma"), await site.Data.CreateUserAsync("ada"));
        await site.Data.Database.WriteAsync((db, token) => db.Projects.Where(row => row.Id == project.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.OrganisationId, (int?)null), token));

        var members = await browser.PageAsync(Address(organisation) + "/members?q=ada");
        var form = (IHtmlFormElement)members.QuerySelector("#found form")!;
        await browser.SubmitWholeAsync(form);
        form.SetAttribute("action", Address(organisation) + "/members?handler=Remove");
        var refused = await browser.SubmitWholeAsync(form);
        await browser.SubmitWholeAsync(Form(await browser.PageAsync(Address(organisation)), Address(organisation) + "?handler=Attach"), ("Project", $"{project.Id}"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var page = await browser.PageAsync(Address(organisation));
        Assert.Contains("Members (1)", page.QuerySelector("main")!.TextContent);
        Assert.NotNull(page.QuerySelector($"#projects ~ .panel a[href='/admin/projects/{project.Id}']"));
        Assert.Null(page.GetElementById("Input_Name"));
        Assert.Null((await browser.PageAsync(Address(organisation) + "/members")).QuerySelector(".confirm"));
        Assert.True(await site.Data.Database.ReadAsync(db => db.OrganisationMemberships.AnyAsync(row => row.UserId == ada.Id)));
    }

    private static string Address(Organisation organisation) => $"/admin/organisations/{organisation.Id}";

    private static IHtmlFormElement Form(IHtmlDocument page, string action) =>
        page.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().Single(form => form.GetAttribute("action") == action);
}
