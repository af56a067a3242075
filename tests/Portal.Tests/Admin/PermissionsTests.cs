using System.Net;
using JobServer.Domain.Access;
using JobServer.Domain.Site;
using JobServer.Portal.Admin;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Admin;

public sealed class PermissionsTests
{
    [Fact]
    public async Task An_admin_sees_a_column_for_each_role_and_anybody_else_their_own()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await site.Data.CreateStudyAsync();

        var ofAdmin = await (await site.SignInAsync(await site.Data.CreateUserAsync(Role.CoreDeveloper))).PageAsync(AdminLinks.Permissions);
        var ofDeveloper = await (await site.SignInAsync(study.Developer)).PageAsync(AdminLinks.Permissions);

        Assert.Equal(1 + 3 + Roles.All.Count, ofAdmin.QuerySelectorAll(".permission-table thead th").Length);
        Assert.Equal(
            ["May", "Visitor", "Signed in", "Member of the project", "Project Developer"],
            ofDeveloper.QuerySelectorAll(".permission-table thead th").Select(cell => cell.TextContent));
        Assert.Equal(PolicyTable.Rows.Count, ofDeveloper.QuerySelectorAll(".permission-table tbody tr").Length);
    }

    [Fact]
    public async Task The_table_can_be_downloaded_and_says_what_the_page_says()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync(Role.CoreDeveloper));

        using var response = await browser.GetAsync(AdminLinks.PermissionsCsv);
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(1 + PolicyTable.Rows.Count, lines.Length);
        Assert.StartsWith("\"RunJobs\",\"run jobs\",\"no\",\"no\",\"no\",", Assert.Single(lines, line => line.StartsWith("\"RunJobs\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.EndsWith("\"where held\",\"no\"", Assert.Single(lines, line => line.StartsWith("\"RunJobs\"", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_misses_several_things_is_told_each_and_whom_to_ask()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await site.Data.CreateStudyAsync();
        await StopRunsAsync(site);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());

        var steps = await StepsAsync(browser, await AddressAsync(site, study.Project.Id));

        Assert.Equal(4, steps.Count);
        Assert.StartsWith("Met:", steps[0], StringComparison.Ordinal);
        Assert.Equal("Missing: The role Project Developer is missing, and so is membership of the project. Ask an Onboarding Agent or a Core Developer to add the person with that role.", steps[1]);
        Assert.StartsWith("Missing: Belongs to no backend", steps[2], StringComparison.Ordinal);
        Assert.Equal("Missing: No new runs are taken now. Moving house. A Core Developer can allow them again.", steps[3]);
    }

    [Fact]
    public async Task Whoever_misses_nothing_is_told_so()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await site.Data.CreateStudyAsync();
        var browser = await site.SignInAsync(study.Developer);

        var answer = await browser.PageAsync(await AddressAsync(site, study.Project.Id));

        Assert.Contains("Nothing stands in the way: you may run jobs.", answer.Body!.TextContent, StringComparison.Ordinal);
        Assert.All(Texts(answer), step => Assert.StartsWith("Met:", step, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_page_leads_to_the_explanation_of_its_refusal()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await site.Data.CreateStudyAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());
        var project = await ProjectAddressAsync(site, study.Project.Id);

        var refusal = await browser.PageAsync($"/{project}/new-workspace/", HttpStatusCode.Forbidden);
        var link = Assert.Single(refusal.QuerySelectorAll("main a"), link => link.TextContent.StartsWith("What is missing", StringComparison.Ordinal)).GetAttribute("href")!;

        Assert.Contains("The role Project Developer is missing", string.Concat(await StepsAsync(browser, link)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_admin_asks_about_somebody_else()
    {
        await using var site = await PortalSite.StartAsync();
        var other = await site.Data.CreateUserAsync("other-person", Role.OutputChecker);
        var address = $"{AdminLinks.Why(nameof(Permission.DecideReleases), null)}&Person={other.Login}";

        var ofAdmin = await StepsAsync(await site.SignInAsync(await site.Data.CreateUserAsync(Role.CoreDeveloper)), address);
        var ofAnybody = await StepsAsync(await site.SignInAsync(await site.Data.CreateUserAsync()), address);

        Assert.Contains("The role Output Checker is held for all projects.", string.Concat(ofAdmin), StringComparison.Ordinal);
        Assert.DoesNotContain("other-person", string.Concat(ofAnybody), StringComparison.Ordinal);
        Assert.Contains("The role Output Checker is missing.", string.Concat(ofAnybody), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Why=Everything", "Choose an act of the list.")]
    [InlineData("Why=RunJobs&Project=nowhere", "There is no project at this address.")]
    [InlineData("Why=RunJobs&Backend=nowhere", "There is no backend of this name.")]
    [InlineData("Why=RunJobs&Person=nobody", "Nobody here has this login.")]
    public async Task A_question_that_names_nothing_is_told_what_is_wrong_with_it(string query, string message)
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync(Role.CoreDeveloper));

        var answer = await browser.PageAsync($"{AdminLinks.Permissions}?{query}");

        Assert.Contains(message, answer.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(Texts(answer));
    }

    private static async Task<List<string>> StepsAsync(Browser browser, string address) => Texts(await browser.PageAsync(address));

    private static List<string> Texts(AngleSharp.Dom.IDocument answer) => [.. answer.QuerySelectorAll(".access-steps li").Select(step => step.TextContent.Trim())];

    private static async Task<string> AddressAsync(PortalSite site, int projectId) => AdminLinks.Why(nameof(Permission.RunJobs), await ProjectAddressAsync(site, projectId));

    private static Task<string> ProjectAddressAsync(PortalSite site, int projectId) => site.Data.Database.ReadAsync(
        db => db.Projects.Where(project => project.Id == projectId).Select(project => project.Organisation!.Slug + "/" + project.Slug).SingleAsync());

    private static Task StopRunsAsync(PortalSite site) => site.Data.Database.WriteAsync(async (db, token) =>
    {
        var state = await db.SiteStates.SingleAsync(state => state.Id == SiteState.TheId, token);
        (state.RunsStoppedAt, state.RunsStoppedMessage) = (site.Data.Now, "Moving house.");
        return true;
    });
}
