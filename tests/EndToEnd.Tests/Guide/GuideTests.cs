using JobServer.AllInOne;
using Microsoft.Playwright;

namespace JobServer.EndToEnd.Tests.Guide;

/// <summary>
/// The user guide from its first step to its last, in Chromium, with GitHub played on loopback, each page at the address
/// that the guide gives: once with scripts and a look at every page, once with scripts turned off.
/// </summary>
[Collection(nameof(AllInOneCollection))]
public sealed class GuideTests(BrowserFixture browsers) : IDisposable
{
    private const string Login = "octo";
    private const string Organisation = "/mediciaaiorg2";
    private const string Project = $"{Organisation}/MyStudy";
    private const string Workspace = $"{Project}/project2workspace";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly string _folder = Directory.CreateTempSubdirectory("jobserver-guide-").FullName;

    [JourneyTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_person_follows_the_guide_from_the_first_step_to_the_last(bool scripts)
    {
        using var gitHub = new GitHubOfGuide(new Dictionary<string, string>
        {
            ["project.yaml"] = Studies.OneAction("count", "moderately_sensitive", "output/counts.txt"),
            ["count.py"] = Studies.Writing("output/counts.txt", "twelve and thirty"),
        });
        await using var site = await AllInOneSite.StartAsync(
            new AllInOneOptions { Port = 0, DataDirectory = _folder, IsQuiet = true, PortalSettings = gitHub.Settings }, CancellationToken.None);
        var admin = new Admin(site);
        await using var visitor = await browsers.VisitAsync(site.PortalAddress, scripts);
        var guide = new Steps(visitor, scripts);

        await guide.SignInAsync();
        await guide.ApplyAsync();
        await admin.ApproveAsync(Login);
        await guide.SeeApprovalAsync();
        await admin.AttachAsync(Login);
        await guide.SeeBackendAndOrganisationAsync();
        await admin.AddMemberAsync();
        await guide.EditProjectSettingsAsync();
        await guide.MakeWorkspaceAsync(gitHub.Repository);
        await guide.GiveTokenAsync();
        await guide.RunJobsAsync();
        await guide.SeeResultsAsync();
        await guide.SeeEventLogAsync();
        await guide.SignOutAsync();
        visitor.AssertNothingWasWrong();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class Steps(Visitor visitor, bool scripts)
    {
        private readonly IPage _page = visitor.Page;

        /// <summary>Step 1.</summary>
        public async Task SignInAsync()
        {
            await _page.GotoAsync("/login");
            await LookAsync("login");
            await ClickAsync("Sign in with GitHub");
            await _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Authorize JobServer" }).ClickAsync();
            await Assertions.Expect(_page.Locator("details.account")).ToBeVisibleAsync();
            await LookAsync("home-new");
        }

        /// <summary>Step 2.</summary>
        public async Task ApplyAsync()
        {
            await _page.Locator("details.account summary").ClickAsync();
            await FollowAsync("Applications");
            await _page.WaitForURLAsync("**/applications");
            await LookAsync("applications-empty");
            await FollowAsync("Start a new project");
            await _page.WaitForURLAsync("**/apply");
            await LookAsync("apply");
            await FollowAsync("Start now");
            await LookAsync("terms");
            await ClickAsync("Agree and continue");
            for (var number = 1; number <= 20 && !_page.Url.EndsWith("/confirmation", StringComparison.Ordinal); number++)
            {
                // Rendered by one set of tag helpers: the first pages have every kind of field but the date.
                if (number <= 4)
                {
                    await LookAsync($"application-page-{number}");
                }

                await ApplicationForms.FillAsync(_page, "MyStudy");
                await ClickAsync("Save and continue");
            }

            await LookAsync("confirmation");
            await ClickAsync("Submit");
            await _page.GotoAsync("/applications");
            await SeesAsync("Submitted");
            await LookAsync("applications");
        }

        public async Task SeeApprovalAsync()
        {
            await _page.GotoAsync("/applications");
            await SeesAsync("Approved Fully");
            await SeesAsync("MyStudy");
        }

        /// <summary>Steps 3, 4 and 5: what the admin did is where the guide says.</summary>
        public async Task SeeBackendAndOrganisationAsync()
        {
            await _page.GotoAsync("/status");
            await SeesAsync("You are a member");
            await LookAsync("status");
            await _page.GotoAsync(Organisation);
            await LookAsync("organisation");
            await _page.Locator("main").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "MyStudy" }).First.ClickAsync();
            await SeesAsync("Octavia Octo");
            await LookAsync("project");
        }

        /// <summary>Step 6.</summary>
        public async Task EditProjectSettingsAsync()
        {
            await _page.GotoAsync(Project);
            await FollowAsync("Settings");
            await LookAsync("project-settings");
            await _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Edit Another Researcher" }).ClickAsync();
            await LookAsync("project-member");
            await _page.GetByLabel("Project Developer").UncheckAsync();
            await _page.GetByLabel("Project Collaborator").CheckAsync();
            await ClickAsync("Save");
            await _page.GotoAsync($"{Project}/settings");
            await Assertions.Expect(_page.Locator("li", new PageLocatorOptions { HasText = "Another Researcher" })).ToContainTextAsync("Project Collaborator");
        }

        /// <summary>Step 7. The repository is private, and no token was given yet.</summary>
        public async Task MakeWorkspaceAsync(string repository)
        {
            await _page.GotoAsync("/");
            await FollowAsync("Add a New Workspace");
            await _page.WaitForURLAsync($"**{Organisation}");
            await _page.Locator("main").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "MyStudy" }).First.ClickAsync();
            await FollowAsync("Create a new workspace");
            await LookAsync("new-workspace");
            await _page.GetByLabel("Workspace name").FillAsync("project2workspace");
            await _page.GetByLabel("Repository", new PageGetByLabelOptions { Exact = true }).FillAsync(repository);
            await _page.GetByLabel("Branch").FillAsync("main");
            await ClickAsync("Create");
            await SeesAsync("private");
            await LookAsync("new-workspace-unread");
            await _page.Locator("button[name=Unread]").ClickAsync();
            await Assertions.Expect(_page.Locator("h1")).ToHaveTextAsync("project2workspace");
            await LookAsync("workspace");
            await ClickAsync("Enable notifications");
            await Assertions.Expect(_page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Disable notifications" })).ToBeVisibleAsync();
        }

        /// <summary>Step 8, both ways.</summary>
        public async Task GiveTokenAsync()
        {
            await _page.GotoAsync($"{Workspace}/run-jobs/");
            await SeesAsync("token");
            await LookAsync("run-jobs-unread");

            await _page.GotoAsync(Workspace);
            await _page.GetByLabel("Personal access token").FillAsync(GitHubOfGuide.Token);
            await ClickAsync("Use this token");
            await SeesAsync("This browser has a token for this workspace");
            await LookAsync("workspace-token");
            await ClickAsync("Drop the token");

            await _page.GotoAsync("/settings");
            await LookAsync("settings");
            await _page.GetByLabel("Personal access token").FillAsync(GitHubOfGuide.Token);
            await ClickAsync("Save token");
            await SeesAsync("Last used");
            Assert.DoesNotContain(GitHubOfGuide.Token, await _page.ContentAsync(), StringComparison.Ordinal);
            await LookAsync("settings-token");
        }

        /// <summary>Step 9.</summary>
        public async Task RunJobsAsync()
        {
            await _page.GotoAsync(Workspace);
            await FollowAsync("Run Jobs");
            await _page.WaitForURLAsync("**/run-jobs/");
            await _page.Locator("label.run-toggle", new PageLocatorOptions { HasText = "count" }).ClickAsync();
            await LookAsync("run-jobs");
            await ClickAsync("Submit");
            await _page.WaitForURLAsync(address => !address.Contains("run-jobs", StringComparison.Ordinal));
            await LookAsync("request");
            await SeesInTimeAsync($"{Workspace}/logs/?next=/gad", "Succeeded");
            await LookAsync("logs");
        }

        /// <summary>Step 10.</summary>
        public async Task SeeResultsAsync()
        {
            await _page.GotoAsync(Workspace);
            await FollowAsync("Released Outputs");
            await _page.WaitForURLAsync("**/releases");
            await SeesInTimeAsync(_page.Url, "View");
            await LookAsync("releases");
            await _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "View" }).First.ClickAsync();
            await SeesAsync("high_privacy/workspaces/project2workspace/output/counts.txt");
            await SeesAsync("twelve and thirty");
            await LookAsync("release");
        }

        public async Task SeeEventLogAsync()
        {
            await _page.GotoAsync("/event-log");
            await SeesAsync("project2workspace");
            await LookAsync("event-log");
            await _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "View" }).First.ClickAsync();
            await SeesAsync("count");
            await LookAsync("request-ended");
            await _page.GotoAsync("/help");
            await LookAsync("help");
            await _page.GotoAsync("/development/mail");
            await LookAsync("mail");
        }

        public async Task SignOutAsync()
        {
            await _page.Locator("details.account summary").ClickAsync();
            await ClickAsync("Sign out");
            await Assertions.Expect(_page.Locator("details.account")).ToHaveCountAsync(0);
        }

        private Task ClickAsync(string button) =>
            _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).First.ClickAsync();

        private Task FollowAsync(string link) => _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = link }).First.ClickAsync();

        private Task SeesAsync(string text) => Assertions.Expect(_page.Locator("main")).ToContainTextAsync(text);

        /// <summary>Without scripts nothing moves until the page is asked for again.</summary>
        private async Task SeesInTimeAsync(string address, string text)
        {
            using var deadline = new CancellationTokenSource(Patience);
            while (true)
            {
                await _page.GotoAsync(address);
                if ((await _page.InnerTextAsync("main")).Contains(text, StringComparison.Ordinal))
                {
                    return;
                }

                // The deadline is what ends this; the pause leaves the processor to the jobs that are waited for.
                Assert.False(deadline.IsCancellationRequested, $"{address} did not come to show '{text}'.");
                await Task.Delay(BetweenLooks);
            }
        }

        private Task LookAsync(string name) => scripts ? visitor.LookAsync($"guide-{name}") : Task.CompletedTask;
    }
}
