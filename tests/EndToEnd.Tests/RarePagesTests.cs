using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace JobServer.EndToEnd.Tests;

/// <summary>Pages and questions that the guide's journey does not come to, looked at as closely as those that it does.</summary>
[Collection(nameof(AllInOneCollection))]
public sealed partial class RarePagesTests(AllInOneFixture service, BrowserFixture browsers)
{
    private const string Name = "rare-pages";
    private const string Workspace = $"{Researcher.Project}/{Name}";

    [JourneyFact]
    public async Task Pages_off_the_usual_way_are_as_good_as_those_on_it()
    {
        await using var visitor = await browsers.VisitAsync(service.Site.PortalAddress);

        await CompareAsync(visitor);
        await ArchiveAsync(visitor);
        await VerifyAddressAsync(visitor);
        await visitor.Page.GotoAsync("/status");
        await visitor.LookAsync("status-member");
        visitor.AssertNothingWasWrong();

        await using var coordinator = await browsers.VisitAsync(service.Site.PortalAddress);
        await ChangeMemberAsync(coordinator);
        coordinator.AssertNothingWasWrong();
    }

    [JourneyFact]
    public async Task The_desk_of_checkers_and_what_was_not_released_are_as_good_as_other_pages()
    {
        await using var checker = await browsers.VisitAsync(service.Site.PortalAddress);
        await checker.SignInAsync("Output Checker");
        await checker.Page.GotoAsync("/reviews");
        await SeesAsync(checker.Page, "Two output checkers decide");
        await checker.LookAsync("reviews");
        checker.AssertNothingWasWrong();

        await using var developer = await browsers.VisitAsync(service.Site.PortalAddress);
        await developer.SignInAsync("Project Developer");
        await developer.Page.GotoAsync($"{Researcher.Project}/asthma-main/outputs/unreleased");
        await SeesAsync(developer.Page, "Unreleased files");
        await developer.LookAsync("unreleased");
        developer.AssertNothingWasWrong();
    }

    [JourneyFact]
    public async Task A_refusal_is_a_page_that_says_what_to_do()
    {
        await using var visitor = await browsers.VisitAsync(service.Site.PortalAddress);
        visitor.IsAfterRefusals = true;
        var page = visitor.Page;
        await visitor.SignInAsync("Project Developer");

        await page.GotoAsync("/help");
        await page.EvaluateAsync("() => document.querySelectorAll('input[name=__form]').forEach((token) => { token.value = 'old'; })");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Light", Exact = true }).ClickAsync();
        await SeesAsync(page, "This form is out of date");
        await visitor.LookAsync("error-400");

        await page.GotoAsync($"{Researcher.Project}/settings");
        await SeesAsync(page, "Project Coordinator");
        await visitor.LookAsync("error-403");

        foreach (var (address, code, words) in new[]
        {
            ("/there/is/nothing/here", 404, "Page not found"), ("/errors/429", 429, "Too many requests"), ("/errors/500", 500, "Something went wrong"),
        })
        {
            var answer = await page.GotoAsync(address);
            Assert.Equal(code, answer!.Status);
            await SeesAsync(page, words);
            await visitor.LookAsync(string.Create(CultureInfo.InvariantCulture, $"error-{code}"));
        }

        visitor.AssertNothingWasWrong();
    }

    private async Task CompareAsync(Visitor visitor)
    {
        var runs = new StudyRuns(service);
        var study = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["project.yaml"] = Studies.OneAction("count", "moderately_sensitive", "output/counts.txt"),
            ["count.py"] = Studies.Writing("output/counts.txt", "twelve"),
        };
        await runs.MakeAsync(Name, study);
        await runs.RunAsync(Name, StudyRuns.Automatic, "count");
        study["project.yaml"] = study["project.yaml"].Replace("counts.txt", "number_of_people.txt", StringComparison.Ordinal) + "\n# Reviewed in November.\n";
        study["count.py"] = Studies.Writing("output/number_of_people.txt", "thirteen");
        await service.AddStudyAsync(Name, study);
        var number = (await runs.RunAsync(Name, StudyRuns.Automatic, "count"))["count"].JobRequestId;

        await visitor.SignInAsync("Project Developer");
        await visitor.Page.GotoAsync($"{Workspace}/{number}/compare");
        await SeesAsync(visitor.Page, "number_of_people.txt");
        var (removed, added) = (await visitor.Page.Locator(".diff .removed").First.BoundingBoxAsync(), await visitor.Page.Locator(".diff .added").First.BoundingBoxAsync());
        Assert.True(added!.Y >= removed!.Y + removed.Height, "A new line stands beside the old one and not under it.");
        await visitor.LookAsync("compare");
    }

    private static async Task ArchiveAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.GotoAsync(Workspace);
        await page.GetByText("Archive workspace").ClickAsync();
        await SeesAsync(page, "This workspace is archived");
        await visitor.LookAsync("archived");
        await page.GotoAsync($"{Workspace}/run-jobs/");
        await visitor.LookAsync("run-jobs-archived");
    }

    private static async Task VerifyAddressAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.GotoAsync("/settings");
        await page.GetByLabel("Send notifications to").FillAsync("somebody.with.a.long.name@a-hospital-far-away.example.org");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save address" }).ClickAsync();
        await SeesAsync(page, "A link was sent");
        await visitor.LookAsync("settings-address");
        await page.GotoAsync(await LinkAsync(page));
        await SeesAsync(page, "somebody.with.a.long.name@");
        await visitor.LookAsync("verify-address");
        await page.GotoAsync("/settings/verify?t=broken");
        await visitor.LookAsync("verify-address-broken");
    }

    private static async Task ChangeMemberAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await visitor.SignInAsync("Project Coordinator");
        await page.GotoAsync($"{Researcher.Project}/settings/members/project-coordinator");
        await page.GetByLabel("Project Coordinator", new PageGetByLabelOptions { Exact = true }).UncheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).ClickAsync();
        await SeesAsync(page, "You take the role Project Coordinator from yourself");
        await visitor.LookAsync("member-warning");
        await page.GetByText("Remove member").ClickAsync();
        await visitor.LookAsync("member-removal");
    }

    private static Task SeesAsync(IPage page, string text) => Assertions.Expect(page.Locator("main")).ToContainTextAsync(text);

    /// <summary>Of the newest message that asks whether an address is somebody's.</summary>
    private static async Task<string> LinkAsync(IPage page)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            await page.GotoAsync("/development/mail");
            if (Link().Match(await page.InnerTextAsync("main")) is { Success: true } link)
            {
                return link.Value;
            }

            // The deadline is what ends this; the message is written by another part of the service.
            Assert.False(deadline.IsCancellationRequested, "No message with a link came.");
            await Task.Delay(100);
        }
    }

    [GeneratedRegex(@"/settings/verify\?t=[\w%-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
