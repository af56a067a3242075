using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Admin;

public sealed class UserTests
{
    [Fact]
    public async Task The_list_finds_people_by_role_and_by_what_they_lack()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var ada = await site.Data.CreateUserAsync("ada");
        var checker = await site.Data.CreateUserAsync("chris", Role.OutputChecker);
        await site.Data.AddToBackendAsync(await site.Data.CreateBackendAsync(), ada);

        Assert.Equal(["chris"], await LoginsAsync(browser, "?role=output_checker"));
        Assert.Equal(["ada"], await LoginsAsync(browser, "?role=none"));
        Assert.Equal(["chris", "root"], await LoginsAsync(browser, "?missing=backend"));
        Assert.Equal(["chris"], await LoginsAsync(browser, $"?q={Uri.EscapeDataString(checker.Email!)}"));
        Assert.Contains("Nobody matches", (await browser.PageAsync("/admin/users?q=%25%25")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task Who_may_not_read_addresses_cannot_find_people_by_them()
    {
        await using var site = await PortalSite.StartAsync();
        var ada = await site.Data.CreateUserAsync("ada");
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("olive", Role.OnboardingAgent));

        Assert.Empty(await LoginsAsync(browser, $"?q={Uri.EscapeDataString(ada.Email!)}"));
        Assert.DoesNotContain(ada.Email!, (await browser.PageAsync($"/admin/users/{ada.Id}")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task Roles_are_given_and_the_record_says_so()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var ada = await site.Data.CreateUserAsync("ada");

        var page = await browser.PageAsync($"/admin/users/{ada.Id}");
        var answer = await browser.SubmitAsync(Form(page, ada, "Roles"), ("Roles", "OutputChecker"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal([Role.OutputChecker], (await StoredAsync(site, ada)).Roles.Select(role => role.Role));
        Assert.Contains((AuditAct.RolesChanged, $"user:{ada.Id}"), await ActsAsync(site));
    }

    [Fact]
    public async Task Of_two_admins_at_once_the_second_is_told_and_overwrites_nothing()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var ada = await site.Data.CreateUserAsync("ada");
        var page = await browser.PageAsync($"/admin/users/{ada.Id}");

        await browser.SubmitAsync(Form(page, ada, "Roles"), ("Roles", "OutputChecker"));
        var second = await browser.SubmitAsync(Form(page, ada, "Name"), ("FullName", "Ada Other"));

        var told = PortalSite.Parse(await second.Content.ReadAsStringAsync());
        Assert.Contains("somebody else changed this person", told.GetElementById("FullName_error")!.TextContent);
        Assert.Equal("Ada Other", ((IHtmlInputElement)told.GetElementById("FullName")!).Value);
        Assert.Equal(ada.FullName, (await StoredAsync(site, ada)).FullName);
    }

    [Fact]
    public async Task The_last_core_developer_keeps_the_role()
    {
        await using var site = await PortalSite.StartAsync();
        var root = await site.Data.CreateUserAsync("root", Role.CoreDeveloper);
        var browser = await site.SignInAsync(root);
        var page = await browser.PageAsync($"/admin/users/{root.Id}");

        var answer = await browser.SubmitAsync(Form(page, root, "Roles"), ("Roles", "OutputChecker"));
        Assert.Contains("nobody else active", await answer.Content.ReadAsStringAsync());
        await browser.SubmitAsync(Form(page, root, "Clear"));

        Assert.Equal([Role.CoreDeveloper], (await StoredAsync(site, root)).Roles.Select(role => role.Role));
    }

    [Fact]
    public async Task Clearing_takes_the_roles_of_projects_too()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var ada = await site.Data.CreateUserAsync("ada", Role.OutputChecker);
        await site.Data.AddMemberAsync(await site.Data.CreateProjectAsync(), ada, Role.ProjectDeveloper, Role.ProjectCoordinator);

        await browser.SubmitAsync(Form(await browser.PageAsync($"/admin/users/{ada.Id}"), ada, "Clear"));

        var page = await browser.PageAsync($"/admin/users/{ada.Id}");
        Assert.Contains("1 for all projects, 2 in projects", page.Body!.TextContent);
        Assert.Equal(["ada"], await LoginsAsync(browser, "?role=none"));
    }

    [Fact]
    public async Task A_deactivated_person_is_out_at_once_and_can_be_let_in_again()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var ada = await site.Data.CreateUserAsync("ada");
        var hers = await site.SignInAsync(ada);
        Assert.Equal(HttpStatusCode.OK, (await hers.GetAsync("/settings")).StatusCode);

        await browser.SubmitAsync(Form(await browser.PageAsync($"/admin/users/{ada.Id}"), ada, "Deactivate"));

        Assert.NotEqual(HttpStatusCode.OK, (await hers.GetAsync("/settings")).StatusCode);
        Assert.Contains((AuditAct.UserDeactivated, $"user:{ada.Id}"), await ActsAsync(site));
        await browser.SubmitAsync(Form(await browser.PageAsync($"/admin/users/{ada.Id}"), ada, "Reactivate"));
        Assert.True((await StoredAsync(site, ada)).IsActive);

        // The sign-ins of before stay over.
        Assert.NotEqual(HttpStatusCode.OK, (await hers.GetAsync("/settings")).StatusCode);
    }

    [Fact]
    public async Task An_onboarding_agent_adds_to_a_backend_and_removes_from_none()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("olive", Role.OnboardingAgent));
        var ada = await site.Data.CreateUserAsync("ada");
        var (first, second) = (await site.Data.CreateBackendAsync(), await site.Data.CreateBackendAsync());
        await site.Data.AddToBackendAsync(first, ada);

        await browser.SubmitAsync(Form(await browser.PageAsync($"/admin/users/{ada.Id}"), ada, "Backends"), ("Chosen", $"{second.Id}"));

        await using var db = await site.Data.Database.OpenAsync();
        Assert.Equal([first.Id, second.Id], await db.BackendMemberships.Where(row => row.UserId == ada.Id).Select(row => row.BackendId).Order().ToListAsync());
    }

    [Fact]
    public async Task The_search_shows_only_what_the_person_may_look_up()
    {
        await using var site = await PortalSite.StartAsync();
        await site.Data.CreateUserAsync("findable");
        var admin = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var reviewer = await site.SignInAsync(await site.Data.CreateUserAsync("rita", Role.GovernanceReviewer));

        Assert.Contains("findable", (await admin.PageAsync("/admin?q=findab")).QuerySelector("main")!.TextContent);
        Assert.Contains("Nothing matches", (await reviewer.PageAsync("/admin?q=findab")).QuerySelector("main")!.TextContent);
    }

    private static IHtmlFormElement Form(IHtmlDocument page, User user, string handler) =>
        page.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().Single(form => form.GetAttribute("action") == $"/admin/users/{user.Id}?handler={handler}");

    private static async Task<List<string>> LoginsAsync(Browser browser, string query) =>
        [.. (await browser.PageAsync("/admin/users" + query)).QuerySelectorAll("tbody th .quiet").Select(login => login.TextContent).Order(StringComparer.Ordinal)];

    private static async Task<User> StoredAsync(PortalSite site, User user)
    {
        await using var db = await site.Data.Database.OpenAsync();
        return await db.Users.AsNoTracking().Include(row => row.Roles).SingleAsync(row => row.Id == user.Id);
    }

    private static async Task<List<(AuditAct Act, string Subject)>> ActsAsync(PortalSite site)
    {
        await using var db = await site.Data.Database.OpenAsync();
        return (await db.AuditEntries.AsNoTracking().ToListAsync()).ConvertAll(entry => (entry.Act, entry.Subject));
    }
}
