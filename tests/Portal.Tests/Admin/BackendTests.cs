using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Data.Agents;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Domain.Pipelines;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Admin;

public sealed class BackendTests
{
    [Fact]
    public async Task Rules_say_how_heavy_jobs_are_in_the_order_in_which_they_stand()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var study = await site.Data.CreateStudyAsync();
        var here = $"/admin/backends/{study.Backend.Id}/weights";
        await browser.SubmitAsync(Weights(await browser.PageAsync(here), ""), ("Action", "*"), ("Slots", "2"));
        await browser.SubmitAsync(Weights(await browser.PageAsync(here), ""), ("Action", "al*"), ("Workspace", study.Workspace.Slug), ("Slots", "3"));
        var seen = await browser.PageAsync(here);

        await browser.SubmitAsync(Weights(seen, "?handler=Up"));
        await browser.SubmitAsync(Weights(seen, "?handler=Up"));

        Assert.Contains("somebody else changed the backend", (await browser.PageAsync(here)).Body!.TextContent);
        var number = await site.Data.SubmitAsync(study, ProjectYaml.One, "alone");
        Assert.Equal(3, (await site.Data.JobAsync(number, "alone")).Slots);
        await browser.SubmitAsync((await browser.PageAsync(here)).QuerySelectorAll("form").OfType<IHtmlFormElement>().First(form => form.GetAttribute("action") == here + "?handler=Remove"));
        Assert.Equal(["*"], await site.Data.Database.ReadAsync(db => db.JobWeights.Select(row => row.ActionPattern).ToListAsync()));

        IHtmlFormElement Weights(IHtmlDocument page, string handler) =>
            page.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().Single(form => form.GetAttribute("action") == here + handler);
    }

    [Theory]
    [InlineData("", "", "1", "Action_error", "Enter the name")]
    [InlineData("a b", "", "1", "Action_error", "Use letters")]
    [InlineData("a", "nowhere", "1", "Workspace_error", "No workspace has this name")]
    [InlineData("a", "", "0", "Slots_error", "from 1 to")]
    [InlineData("a", "", "many", "Slots_error", "from 1 to")]
    public async Task What_cannot_be_a_rule_is_refused_at_its_field(string action, string workspace, string slots, string field, string message)
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var backend = await site.Data.CreateBackendAsync();
        var here = $"/admin/backends/{backend.Id}/weights";
        var form = (IHtmlFormElement)(await browser.PageAsync(here)).QuerySelector("main form[method=post]")!;

        var answer = await browser.SubmitAsync(form, ("Action", action), ("Workspace", workspace), ("Slots", slots));

        Assert.Contains(message, PortalSite.Parse(await answer.Content.ReadAsStringAsync()).GetElementById(field)!.TextContent);
        Assert.Equal(0, await site.Data.Database.ReadAsync(db => db.JobWeights.CountAsync()));
    }

    [Fact]
    public async Task The_rules_for_project_yaml_are_chosen_and_left_to_the_site_again()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var backend = await site.Data.CreateBackendAsync();
        var here = $"/admin/backends/{backend.Id}/settings";

        await browser.SubmitWholeAsync(Rules(await browser.PageAsync(here)), ("Input.Dialect", "Opensafely"));
        Assert.Equal(PipelineDialect.Opensafely, await site.Data.Database.ReadAsync(db => db.Backends.Select(row => row.Dialect).SingleAsync()));
        await browser.SubmitWholeAsync(Rules(await browser.PageAsync(here)), ("Input.Dialect", ""));

        Assert.Null(await site.Data.Database.ReadAsync(db => db.Backends.Select(row => row.Dialect).SingleAsync()));

        IHtmlFormElement Rules(IHtmlDocument page) =>
            page.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().Single(form => form.GetAttribute("action") == here + "?handler=Rules");
    }

    [Fact]
    public async Task The_thresholds_that_outputs_are_held_to_are_chosen_by_name()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var study = await site.Data.CreateStudyAsync();
        var here = $"/admin/backends/{study.Backend.Id}/settings";
        var form = Checks(await browser.PageAsync(here));
        Assert.Contains("strict 2026.1: counts from 10, rounded to 5.", form.QuerySelector("option[selected]")!.TextContent);

        await browser.SubmitWholeAsync(form, ("Input.Profile", "opensafely"));
        var refused = await browser.SubmitWholeAsync(Checks(await browser.PageAsync(here)), ("Input.Profile", "none"));

        Assert.Contains("Choose one of the list.", await refused.Content.ReadAsStringAsync());
        await site.Data.SubmitAsync(study, ProjectYaml.One, "alone");
        var agent = await site.Data.OpenSessionAsync(study.Backend);
        Assert.Equal("opensafely", (await agent.ClaimOneAsync()).DisclosureProfile);

        IHtmlFormElement Checks(IHtmlDocument page) =>
            page.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().Single(form => form.GetAttribute("action") == here + "?handler=Disclosure");
    }

    [Fact]
    public async Task A_backend_is_made_and_its_token_is_shown_once()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync(Role.CoreDeveloper));
        var create = await browser.PageAsync("/admin/backends/new");

        var made = await browser.SubmitAsync(
            Form(create, "/admin/backends/new"), ("Input.Name", "North site"), ("Input.Slug", "north"), ("Input.Release", "Reviewed"), ("Input.Log", "SiteOnly"));
        var tokens = made.Headers.Location!.ToString();
        var answer = await browser.SubmitAsync(Form(await browser.PageAsync(tokens), tokens), ("Label", "vm-7"));
        var page = PortalSite.Parse(await answer.Content.ReadAsStringAsync());

        var secret = page.GetElementById("secret")!.TextContent;
        Assert.NotNull(await site.Data.Get<AgentSessions>().BackendOfTokenAsync(secret, CancellationToken.None));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.Contains(secret, StringComparison.Ordinal)));
        Assert.DoesNotContain(secret, (await browser.PageAsync(tokens)).DocumentElement.OuterHtml);
        Assert.Contains("North site", (await browser.PageAsync("/admin/backends?q=nor")).QuerySelector("table")!.TextContent);
        Assert.Contains("No backend matches", (await browser.PageAsync("/admin/backends?q=50%25")).QuerySelector("main")!.TextContent);
    }

    [Theory]
    [InlineData("", "north", "Input_Name_error", "Enter a name")]
    [InlineData("No\u202Erth", "north", "Input_Name_error", "cannot be shown")]
    [InlineData("North", "live", "Input_Slug_error", "in its own addresses")]
    [InlineData("North", "a/b", "Input_Slug_error", "Use only letters")]
    public async Task A_backend_that_cannot_be_is_refused_and_what_was_typed_stays(string name, string slug, string field, string message)
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync(Role.CoreDeveloper));
        var create = await browser.PageAsync("/admin/backends/new");

        var answer = await browser.SubmitAsync(Form(create, "/admin/backends/new"), ("Input.Name", name), ("Input.Slug", slug));

        var page = PortalSite.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Contains(message, page.GetElementById(field)!.TextContent);
        Assert.Equal(slug, ((IHtmlInputElement)page.GetElementById("Input_Slug")!).Value);
    }

    [Fact]
    public async Task A_revoked_token_opens_nothing()
    {
        await using var site = await PortalSite.StartAsync();
        var (browser, backend) = await MakeAsync(site);
        var token = await site.Data.CreateTokenAsync(backend);
        var here = $"/admin/backends/{backend.Id}/tokens";

        await browser.SubmitAsync(Form(await browser.PageAsync(here), here + "?handler=Revoke"));

        Assert.Null(await site.Data.Get<AgentSessions>().BackendOfTokenAsync(token, CancellationToken.None));
        Assert.Contains("Revoked", (await browser.PageAsync(here)).QuerySelector("table")!.TextContent);
    }

    [Fact]
    public async Task Logs_leave_the_site_only_after_a_second_yes()
    {
        await using var site = await PortalSite.StartAsync();
        var (browser, backend) = await MakeAsync(site);
        var here = $"/admin/backends/{backend.Id}/settings";
        var form = Form(await browser.PageAsync(here), here + "?handler=Policies");

        var asked = await browser.SubmitAsync(form, ("Input.Release", "Reviewed"), ("Input.Log", "Project"));
        Assert.Contains("cannot be called back", await asked.Content.ReadAsStringAsync());
        Assert.Equal(LogPolicy.SiteOnly, (await StoredAsync(site)).LogPolicy);

        await browser.SubmitAsync(form, ("Input.Release", "Reviewed"), ("Input.Log", "Project"), ("Sure", "true"));
        Assert.Equal(LogPolicy.Project, (await StoredAsync(site)).LogPolicy);
    }

    [Fact]
    public async Task Of_two_who_rename_a_backend_the_second_is_told_and_keeps_what_they_typed()
    {
        await using var site = await PortalSite.StartAsync();
        var (browser, backend) = await MakeAsync(site);
        var here = $"/admin/backends/{backend.Id}/settings";
        var form = Form(await browser.PageAsync(here), here + "?handler=Name");
        await browser.SubmitAsync(form, ("Input.Name", "First"), ("Input.Slug", "first"));

        var second = PortalSite.Parse(await (await browser.SubmitAsync(form, ("Input.Name", "Second"), ("Input.Slug", "second"))).Content.ReadAsStringAsync());

        Assert.Contains("somebody else changed", second.GetElementById("Input_Name_error")!.TextContent);
        Assert.Equal("Second", ((IHtmlInputElement)second.GetElementById("Input_Name")!).Value);
        Assert.Equal("First", (await StoredAsync(site)).Name);
        var former = await browser.GetAsync("/status/" + backend.Slug);
        Assert.Equal((HttpStatusCode.MovedPermanently, "/status/first"), (former.StatusCode, former.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task Times_that_do_not_fit_together_are_refused()
    {
        await using var site = await PortalSite.StartAsync();
        var (browser, backend) = await MakeAsync(site);
        var here = $"/admin/backends/{backend.Id}/settings";

        // Longer than the silence that the Coordinator allows where nothing else is said.
        var answer = await browser.SubmitAsync(Form(await browser.PageAsync(here), here + "?handler=Limits"), ("Input.Heartbeat", "40"));

        Assert.Contains("Heartbeat must be shorter than Silence", await answer.Content.ReadAsStringAsync());
        Assert.Null((await StoredAsync(site)).Timing.Heartbeat);
    }

    [Fact]
    public async Task A_paused_backend_says_so_with_its_message()
    {
        await using var site = await PortalSite.StartAsync();
        var (browser, backend) = await MakeAsync(site);
        var here = $"/admin/backends/{backend.Id}";
        var form = Form(await browser.PageAsync(here), here + "?handler=Mode");

        await browser.SubmitAsync(form, ("Mode", "Paused"), ("Message", "Back on Monday"));
        var second = await browser.SubmitAsync(form, ("Mode", "Active"), ("Message", ""));

        Assert.Contains("somebody else changed the backend", await second.Content.ReadAsStringAsync());
        Assert.Contains("Back on Monday", (await browser.PageAsync("/status")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task An_onboarding_agent_adds_people_and_removes_nobody()
    {
        await using var site = await PortalSite.StartAsync();
        var (_, backend) = await MakeAsync(site);
        await site.Data.CreateUserAsync("ada");
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync(Role.OnboardingAgent));
        var here = $"/admin/backends/{backend.Id}/members";

        var form = Form(await browser.PageAsync(here + "?q=ada"), here + "?handler=Add");
        await browser.SubmitAsync(form);
        var members = await browser.PageAsync(here);
        form.SetAttribute("action", here + "?handler=Remove");
        await browser.SubmitAsync(form);

        Assert.Contains("Person ada", members.GetElementById("members")!.TextContent);
        Assert.Null(members.QuerySelector("form[action$='handler=Remove']"));
        Assert.Equal(1, await site.Data.Database.ReadAsync(db => db.BackendMemberships.CountAsync()));
    }

    private static async Task<(Browser Browser, Backend Backend)> MakeAsync(PortalSite site)
    {
        var admin = await site.Data.CreateUserAsync(Role.CoreDeveloper);
        return (await site.SignInAsync(admin), await site.Data.CreateBackendAsync());
    }

    private static Task<Backend> StoredAsync(PortalSite site) => site.Data.Database.ReadAsync(db => db.Backends.AsNoTracking().SingleAsync());

    private static IHtmlFormElement Form(IHtmlDocument document, string action) =>
        document.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().First(form => form.GetAttribute("action") == action);
}
