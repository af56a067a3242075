using Microsoft.Playwright;

namespace JobServer.EndToEnd.Tests.AdminArea;

/// <summary>From an application to somebody who can run jobs: an applicant, two reviewers and an admin, each at a browser.</summary>
[Collection(nameof(AllInOneCollection))]
public sealed class ApprovalJourneyTests(AllInOneFixture service, BrowserFixture browsers)
{
    private const string Study = "Sleep and age";
    private const string Project = "/demo-institute/sleep-and-age";

    [JourneyFact]
    public async Task An_application_becomes_a_project_whose_applicant_runs_jobs()
    {
        await using var applicant = await browsers.VisitAsync(service.Site.PortalAddress);
        await applicant.SignInAsync("New Researcher");
        await ApplyAsync(applicant.Page);

        await using (var governance = await browsers.VisitAsync(service.Site.PortalAddress))
        {
            await governance.SignInAsync("Governance Reviewer");
            await OpenAsync(governance);
            await ReviewAsync(governance);
            await DecideAsync(governance, "Governance");
            governance.AssertNothingWasWrong();
        }

        await using (var technical = await browsers.VisitAsync(service.Site.PortalAddress))
        {
            await technical.SignInAsync("Technical Reviewer");
            await OpenAsync(technical);
            await DecideAsync(technical, "Technical");
        }

        await using (var admin = await browsers.VisitAsync(service.Site.PortalAddress))
        {
            await admin.SignInAsync("Core Developer");
            await OpenAsync(admin);
            await ApproveAsync(admin);
            await AttachAsync(admin);
            await TickAsync(admin, "to the organisation", "Organisations", "Demo Institute");
            await TickAsync(admin, "to a backend", "Backends", "Demo site");
            await Assertions.Expect(admin.Page.Locator("main")).ToContainTextAsync("Everything is ready");
            admin.AssertNothingWasWrong();
        }

        await RunAsync(applicant.Page);
        applicant.AssertNothingWasWrong();
    }

    private static async Task ApplyAsync(IPage page)
    {
        await page.GotoAsync("/apply/terms");
        await ClickAsync(page, "Agree and continue");
        for (var number = 1; number <= 20 && !page.Url.EndsWith("/confirmation", StringComparison.Ordinal); number++)
        {
            await ApplicationForms.FillAsync(page, Study);
            await ClickAsync(page, "Save and continue");
        }

        await ClickAsync(page, "Submit");
        await Assertions.Expect(page.Locator(".application-list")).ToContainTextAsync("Submitted");
    }

    private static async Task OpenAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.GotoAsync("/admin");
        await page.Locator("nav.admin-nav").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Applications" }).ClickAsync();
        await page.GetByLabel("Study, applicant or reference").FillAsync("sleep and");
        await ClickAsync(page, "Search");
        await visitor.LookAsync("admin-applications");
        await page.Locator("main table").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = Study }).ClickAsync();
        await visitor.LookAsync("admin-application");
    }

    private static async Task ReviewAsync(Visitor visitor)
    {
        var page = visitor.Page;
        var application = page.Url;
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Review the pages" }).ClickAsync();
        await visitor.LookAsync("admin-application-page");
        await page.GetByLabel("Accepted", new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await ClickAsync(page, "Save and go to the next page");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Study information");
        await page.GotoAsync(application);
        await Assertions.Expect(page.Locator(".task-list li").First).ToContainTextAsync("Accepted");
    }

    private static async Task DecideAsync(Visitor visitor, string kind)
    {
        var section = visitor.Page.Locator($"section[aria-labelledby=decision-{kind}]");
        await section.GetByLabel("Approve", new LocatorGetByLabelOptions { Exact = true }).CheckAsync();
        await section.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Give the decision" }).ClickAsync();
        await Assertions.Expect(section.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Change the decision" })).ToBeVisibleAsync();
    }

    private static async Task ApproveAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Approve fully" }).ClickAsync();
        await Assertions.Expect(page.Locator("#reason")).ToHaveCountAsync(0);
        await visitor.LookAsync("admin-approve");
        await ClickAsync(page, "Approve and make the project");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Next steps");
        await visitor.LookAsync("admin-next-steps");
    }

    /// <summary>What is left after the approval, by its links, and back to it.</summary>
    private static async Task AttachAsync(Visitor visitor)
    {
        var page = visitor.Page;
        var steps = page.Url;
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Attach the project to an organisation" }).ClickAsync();
        await visitor.LookAsync("admin-project-unattached");
        await page.GetByLabel("Attach it to").SelectOptionAsync(new SelectOptionValue { Label = "Demo Institute" });
        await ClickAsync(page, "Attach");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("The project belongs to the organisation now.");
        await page.GotoAsync(steps);
    }

    private static async Task TickAsync(Visitor visitor, string step, string kind, string place)
    {
        var page = visitor.Page;
        var steps = page.Url;
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = step }).ClickAsync();
        await page.Locator($"#{kind}").GetByLabel(place, new LocatorGetByLabelOptions { Exact = true }).CheckAsync();
        await ClickAsync(page, $"Save {kind.ToLowerInvariant()}");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("were saved");
        await page.GotoAsync(steps);
    }

    private async Task RunAsync(IPage page)
    {
        var repository = await service.AddStudyAsync("sleep-and-age", new Dictionary<string, string>
        {
            ["project.yaml"] = Studies.OneAction("count", "moderately_sensitive", "output/counts.txt"),
            ["count.py"] = Studies.Writing("output/counts.txt", "twelve and thirty"),
        });
        await page.GotoAsync("/applications");
        await Assertions.Expect(page.Locator(".application-list")).ToContainTextAsync("Approved Fully");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Open the project" }).ClickAsync();
        await page.WaitForURLAsync($"**{Project}");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Create a new workspace" }).ClickAsync();
        await page.GetByLabel("Workspace name").FillAsync("sleep-main");
        await page.GetByLabel("Repository", new PageGetByLabelOptions { Exact = true }).FillAsync(repository);
        await page.GetByLabel("Branch").FillAsync("main");
        await ClickAsync(page, "Create");
        await page.WaitForURLAsync($"**{Project}/sleep-main");
        await page.GotoAsync($"{Project}/sleep-main/run-jobs/");
        await page.Locator("label.run-toggle", new PageLocatorOptions { HasText = "count" }).ClickAsync();
        await ClickAsync(page, "Submit");
        await Assertions.Expect(page.Locator(".run-progress")).ToContainTextAsync("Succeeded", new LocatorAssertionsToContainTextOptions { Timeout = 120_000 });
    }

    private static Task ClickAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).First.ClickAsync();
}
