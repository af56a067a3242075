using Microsoft.Playwright;

namespace JobServer.EndToEnd.Tests.AdminArea;

/// <summary>Pages of the admin area that no journey comes to, looked at as closely as those on one, and what is done on them by a browser.</summary>
[Collection(nameof(AllInOneCollection))]
public sealed class AdminPagesTests(AllInOneFixture service, BrowserFixture browsers)
{
    [JourneyFact]
    public async Task An_admin_makes_an_organisation_with_a_project_and_its_people()
    {
        await using var admin = await SignInAsync();
        var page = admin.Page;
        await GoAsync(page, "Organisations");
        await admin.LookAsync("admin-organisations");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Create an organisation" }).ClickAsync();
        await ClickAsync(page, "Create");
        await Assertions.Expect(page.Locator(".error-summary")).ToContainTextAsync("Enter a name");
        await page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("Institute of Sleep");
        await ClickAsync(page, "Create");
        await admin.LookAsync("admin-organisation");

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Create a project here" }).ClickAsync();
        await page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("Naps");
        await page.GetByLabel("Number", new PageGetByLabelOptions { Exact = true }).FillAsync("77");
        await admin.LookAsync("admin-project-new");
        await ClickAsync(page, "Create");
        await page.GetByLabel("Find somebody to add").FillAsync("developer");
        await ClickAsync(page, "Search");
        await admin.LookAsync("admin-project-members");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Add Project Developer" }).ClickAsync();
        await admin.LookAsync("admin-project-member");
        await ClickAsync(page, "Add to the project");
        await Assertions.Expect(page.Locator("#members")).ToContainTextAsync("Project Developer");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Naps", Exact = true }).ClickAsync();
        await admin.LookAsync("admin-project");
        await page.GotoAsync("/institute-of-sleep/naps");
        await Assertions.Expect(page.Locator("dl.facts")).ToContainTextAsync("77");
        admin.AssertNothingWasWrong();
    }

    [JourneyFact]
    public async Task An_admin_stops_new_runs_warns_everybody_and_takes_both_back()
    {
        await using var admin = await SignInAsync();
        await using var visitor = await browsers.VisitAsync(service.Site.PortalAddress);
        var page = admin.Page;
        await GoAsync(page, "Runs");
        await admin.LookAsync("admin-runs");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Stop new runs" }).ClickAsync();
        await page.GetByLabel("What people are told").FillAsync("The power is cut until noon.");
        await admin.LookAsync("admin-runs-switch");
        await ClickAsync(page, "Stop new runs");
        try
        {
            await visitor.Page.GotoAsync("/");
            await Assertions.Expect(visitor.Page.Locator(".site-notices")).ToContainTextAsync("The power is cut until noon.");
            await visitor.LookAsync("home-notice");
        }
        finally
        {
            await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Allow new runs" }).ClickAsync();
            await ClickAsync(page, "Allow new runs");
        }

        await Assertions.Expect(page.Locator(".site-notices")).ToHaveCountAsync(0);
        await GoAsync(page, "Site alerts");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Write an alert" }).ClickAsync();
        await page.GetByLabel("Title", new PageGetByLabelOptions { Exact = true }).FillAsync("Maintenance tonight");
        await admin.LookAsync("admin-alert");
        await ClickAsync(page, "Save");
        await admin.LookAsync("admin-alerts");
        await page.Locator("summary", new PageLocatorOptions { HasText = "End" }).ClickAsync();
        await ClickAsync(page, "Yes, end it now");
        await Assertions.Expect(page.Locator(".site-notices")).ToHaveCountAsync(0);
        admin.AssertNothingWasWrong();
        visitor.AssertNothingWasWrong();
    }

    [JourneyFact]
    public async Task The_lists_of_the_admin_area_are_as_good_as_other_pages()
    {
        await using var admin = await SignInAsync();
        foreach (var part in (string[])["Users", "Projects", "Workspaces", "Redirects", "Audit log", "Permissions"])
        {
            await GoAsync(admin.Page, part);
            await admin.LookAsync("admin-" + part.Replace(' ', '-').ToLowerInvariant());
        }

        foreach (var address in (string[])["/admin", "/admin/runs/queue", "/admin/runs/lost", "/admin/users/1", "/admin/workspaces/1?q=demo"])
        {
            await admin.Page.GotoAsync(address);
            await Assertions.Expect(admin.Page.Locator(".admin-page")).ToBeVisibleAsync();
            await admin.LookAsync(address.Split('?')[0].Replace('/', '-').TrimStart('-'));
        }

        admin.AssertNothingWasWrong();
    }

    private async Task<Visitor> SignInAsync()
    {
        var admin = await browsers.VisitAsync(service.Site.PortalAddress);
        await admin.SignInAsync("Core Developer");
        return admin;
    }

    private static async Task GoAsync(IPage page, string part)
    {
        await page.GotoAsync("/admin");
        await page.Locator("nav.admin-nav").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = part, Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("nav.admin-nav [aria-current]")).ToHaveTextAsync(part);
    }

    private static Task ClickAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).First.ClickAsync();
}
