using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace JobServer.EndToEnd.Tests;

/// <summary>The core of the user guide without a mouse.</summary>
[Collection(nameof(AllInOneCollection))]
public sealed class KeyboardTests(AllInOneFixture service, BrowserFixture browsers)
{
    private const string Name = "keyboard";
    private const string Workspace = $"{Researcher.Project}/{Name}";
    private static readonly LocatorAssertionsToContainTextOptions Patience = new() { Timeout = 60_000 };

    [JourneyFact]
    public async Task A_researcher_does_everything_with_the_keyboard_alone()
    {
        var repository = await service.AddStudyAsync(Name, new Dictionary<string, string>
        {
            ["project.yaml"] = Studies.OneAction("count", "moderately_sensitive", "output/counts.txt") + """

                  wait:
                    run: python:latest python wait.py
                    outputs:
                      moderately_sensitive:
                        file: output/never.txt
                """,
            ["count.py"] = Studies.Writing("output/counts.txt", "twelve and thirty"),
            ["wait.py"] = "import time\ntime.sleep(600)\n",
        });
        await using var visitor = await browsers.VisitAsync(service.Site.PortalAddress);
        await visitor.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ReducedMotion = ReducedMotion.Reduce });
        var person = new Person(visitor.Page);

        await person.SignInAsync();
        await person.MakeWorkspaceAsync(repository);
        await person.RunAndCancelAsync();
        var number = await person.RunAsync();
        await person.FilterEventLogAsync(number);
        await person.SeeReleasedOutputsAsync();
        await person.SignOutAsync();
        visitor.AssertNothingWasWrong();
    }

    private sealed class Person(IPage page)
    {
        private readonly Keyboard _keys = new(page);

        public async Task SignInAsync()
        {
            await page.GotoAsync("/login");
            await _keys.AroundAsync();
            await page.GotoAsync("/login");
            await _keys.ActivateAsync("Skip to content");
            Assert.Equal("main", await page.EvaluateAsync<string>("() => document.activeElement.id"));
            await _keys.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('main').contains(document.activeElement)"), "Tab did not go on from the content.");
            await page.GotoAsync("/login");
            await _keys.ActivateAsync("Sign in as Project Developer");
            await Assertions.Expect(page.Locator("details.account")).ToBeVisibleAsync();
        }

        public async Task MakeWorkspaceAsync(string repository)
        {
            await page.GotoAsync("/");
            await _keys.AroundAsync();
            await _keys.ActivateAsync("Add a New Workspace");
            await ArriveAsync("/demo-institute$");
            await _keys.AroundAsync();
            await _keys.ActivateAsync("Asthma exacerbations");
            await ArriveAsync($"{Researcher.Project}$");
            await _keys.AroundAsync();
            await _keys.ActivateAsync("Create a new workspace");
            await ArriveAsync("/new-workspace/$");
            await _keys.AroundAsync();

            // What is wrong gets the focus, and leads to where it can be mended.
            await _keys.ActivateAsync("Create");
            await Assertions.Expect(page.Locator(".error-summary")).ToBeFocusedAsync();
            await _keys.PressAsync("Tab");
            await _keys.PressAsync("Enter");
            await Assertions.Expect(page.Locator("#Input_Name")).ToBeFocusedAsync();
            await _keys.TypeAsync(Name);
            await _keys.ToAsync("Repository");
            await _keys.TypeAsync(repository);
            await _keys.ToAsync("Branch");
            await _keys.TypeAsync("main");
            await _keys.PressAsync("Enter");
            await ArriveAsync($"{Workspace}$");
        }

        public async Task RunAndCancelAsync()
        {
            await AssertQuestionAsync("Archive workspace", "Yes, archive it");
            await SubmitAsync("wait");
            await Assertions.Expect(page.Locator(".run-progress")).ToContainTextAsync("Running", Patience);

            await AssertQuestionAsync("Cancel", "Cancel the jobs");
            await _keys.PressAsync("Enter");
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync("being cancelled");
            await Assertions.Expect(page.Locator(".run-progress")).ToContainTextAsync("Cancelled", Patience);
            await page.ReloadAsync();
            await _keys.AroundAsync();
            await _keys.ActivateAsync(Name);
            await ArriveAsync($"{Workspace}$");
        }

        /// <returns>The request's number.</returns>
        public async Task<string> RunAsync()
        {
            await SubmitAsync("count");
            await Assertions.Expect(page.Locator(".run-progress")).ToContainTextAsync("Succeeded", Patience);
            return new Uri(page.Url).Segments[^1];
        }

        public async Task FilterEventLogAsync(string number)
        {
            await _keys.ActivateAsync("Event Log");
            await ArriveAsync("/event-log$");
            await _keys.AroundAsync();
            await _keys.ToAsync("Workspace");
            await _keys.TypeAsync(Name[..5]);
            await Assertions.Expect(page.Locator($"#choices-workspace option[value={Name}]")).ToHaveCountAsync(1);

            // A browser without a window draws no list to choose from.
            await _keys.TypeAsync(Name[5..]);
            await _keys.PressAsync("Enter");
            await ArriveAsync($"workspace={Name}");
            await Assertions.Expect(page.Locator("table.run-table > tbody")).ToHaveCountAsync(2);

            await _keys.ActivateAsync($"Show jobs of request {number}", key: "Space");
            await Assertions.Expect(page.Locator($"#jobs-of-{number} table")).ToContainTextAsync("count");
            await _keys.ToAsync("View count");
            await _keys.ToAsync($"View request {number}", key: "Shift+Tab");
            await _keys.PressAsync("Enter");
            await ArriveAsync($"{Workspace}/{number}$");
        }

        public async Task SeeReleasedOutputsAsync()
        {
            await _keys.ActivateAsync(Name);
            await ArriveAsync($"{Workspace}$");
            await _keys.AroundAsync();
            await _keys.ActivateAsync("Released Outputs");
            await ArriveAsync("/releases$");
            await _keys.AroundAsync();
            await _keys.ActivateAsync("List the files of all outputs", isBeginning: true);
            await _keys.PressAsync("Tab");
            Assert.EndsWith("output/counts.txt", await _keys.FocusedAsync(), StringComparison.Ordinal);
            await _keys.ActivateAsync("View release", isBeginning: true);
            await ArriveAsync("/releases/[^/]+$");
            await _keys.AroundAsync();
            await _keys.ToAsync("Content of the file");
            await Assertions.Expect(page.Locator(":focus")).ToContainTextAsync("twelve and thirty");
        }

        public async Task SignOutAsync()
        {
            await _keys.ActivateAsync("Account menu of Project Developer");
            await _keys.PressAsync("Tab");
            Assert.Equal("Applications", await _keys.FocusedAsync());
            await _keys.PressAsync("Escape");
            await Assertions.Expect(page.Locator("details.account[open]")).ToHaveCountAsync(0);
            Assert.Equal("Account menu of Project Developer", await _keys.FocusedAsync());
            await _keys.PressAsync("Enter");
            await _keys.ActivateAsync("Sign out");
            await Assertions.Expect(page.Locator("details.account")).ToHaveCountAsync(0);
        }

        private async Task ArriveAsync(string address)
        {
            await Assertions.Expect(page).ToHaveURLAsync(new Regex(address, RegexOptions.None, TimeSpan.FromSeconds(1)), new PageAssertionsToHaveURLOptions { Timeout = 30_000 });
            await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        }

        private async Task SubmitAsync(string action)
        {
            await _keys.ActivateAsync("Run Jobs");
            await ArriveAsync("/run-jobs/$");
            await _keys.AroundAsync();
            await _keys.ActivateAsync($"Run {action}", key: "Space");
            await Assertions.Expect(page.Locator($"input[name=actions][value={action}]")).ToBeCheckedAsync();
            await _keys.ToAsync("Demo site", isBeginning: true);
            await _keys.PressAsync("Space");
            if (await _keys.FocusedAsync() is not "Demo site")
            {
                await _keys.PressAsync("ArrowUp");
            }

            Assert.Equal("Demo site", await _keys.FocusedAsync());
            await _keys.ActivateAsync("Submit");
            await ArriveAsync(@"/\d+$");
        }

        /// <summary>Escape takes the question away and leaves the focus where it was; afterwards it is open, at its answer.</summary>
        private async Task AssertQuestionAsync(string opener, string answer)
        {
            await _keys.ActivateAsync(opener);
            await _keys.PressAsync("Tab");
            Assert.Equal(answer, await _keys.FocusedAsync());
            await _keys.PressAsync("Escape");
            Assert.Equal(opener, await _keys.FocusedAsync());
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = answer })).ToBeHiddenAsync();
            await _keys.PressAsync("Enter");
            await _keys.PressAsync("Tab");
            Assert.Equal(answer, await _keys.FocusedAsync());
        }
    }
}
