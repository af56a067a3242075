using System.Globalization;
using JobServer.Data;
using JobServer.Domain.Agents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace JobServer.EndToEnd.Tests.AdminArea;

/// <summary>A site joins: its backend is made in the browser, and the token of the page is handed to an agent's own process.</summary>
[Collection(nameof(AllInOneCollection))]
public sealed class BackendJourneyTests(AllInOneFixture service, BrowserFixture browsers, ITestOutputHelper output) : IDisposable
{
    private const string Slug = "north";

    /// <summary>What a security officer is promised.</summary>
    private static readonly TimeSpan CutOffWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("jobserver-north-").FullName;

    [JourneyFact]
    public async Task A_token_lets_an_agent_in_is_rotated_while_it_runs_and_cuts_it_off_when_it_is_revoked()
    {
        await using var admin = await browsers.VisitAsync(service.Site.PortalAddress);
        await admin.SignInAsync("Core Developer");
        var page = admin.Page;
        await MakeBackendAsync(admin);
        var tokens = await MakeTokenAsync(admin);
        var first = await SecretAsync(page);

        using (var agent = StartAgent(first))
        {
            await SessionAsync(agent, number: 1, session => session.EndedAt is null);
            await page.GotoAsync(tokens.Replace("/tokens", "", StringComparison.Ordinal));
            await Assertions.Expect(page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Agents" })).ToBeVisibleAsync();
            await admin.LookAsync("admin-backend");
            await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Weights" }).ClickAsync();
            await page.GetByLabel("Action", new PageGetByLabelOptions { Exact = true }).FillAsync("match_*");
            await page.GetByLabel("Slots", new PageGetByLabelOptions { Exact = true }).FillAsync("2");
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add at the end" }).ClickAsync();
            await admin.LookAsync("admin-backend-weights");

            await page.GotoAsync(tokens);
            await page.Locator("summary", new PageLocatorOptions { HasText = "Rotate" }).First.ClickAsync();
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make the new token" }).ClickAsync();
            Assert.NotEqual(first, await SecretAsync(page));
            await SessionAsync(agent, number: 1, session => session.EndedAt is null);
            agent.Kill();
        }

        using var renewed = StartAgent(await SecretAsync(page));
        await SessionAsync(renewed, number: 2, session => session.EndedAt is null);

        await page.GotoAsync(tokens);
        await page.Locator("summary", new PageLocatorOptions { HasText = "Revoke" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Yes, revoke it" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Revoked");
        await admin.LookAsync("admin-tokens");

        var ended = await SessionAsync(renewed, number: 2, session => session.EndedAt is not null);
        var revokedAt = await ReadAsync(db => db.BackendTokens.Where(token => token.Backend.Slug == Slug && token.RevokedAt != null)
            .Select(token => token.RevokedAt).SingleAsync());
        var within = ended.EndedAt!.Value - revokedAt!.Value;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Cut off {within.TotalMilliseconds:F0} ms after the token was revoked."));
        Assert.Equal("the token is no longer valid", ended.EndReason);
        Assert.InRange(within, TimeSpan.Zero, CutOffWithin);
        await renewed.SaysAsync("revoked or has expired");
        admin.AssertNothingWasWrong();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task MakeBackendAsync(Visitor admin)
    {
        var page = admin.Page;
        await page.GotoAsync("/admin");
        await page.Locator("nav.admin-nav").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Backends" }).ClickAsync();
        await admin.LookAsync("admin-backends");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Create a backend" }).ClickAsync();
        await page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("North");
        await page.GetByLabel("Slug", new PageGetByLabelOptions { Exact = true }).FillAsync(Slug);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Create", Exact = true }).ClickAsync();

        // What it needs next.
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Tokens");
    }

    /// <returns>The address of the page of tokens.</returns>
    private static async Task<string> MakeTokenAsync(Visitor admin)
    {
        var page = admin.Page;
        var address = new Uri(page.Url).AbsolutePath;
        await page.GetByLabel("Label", new PageGetByLabelOptions { Exact = true }).FillAsync("First machine");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make a token" }).ClickAsync();
        await admin.LookAsync("admin-new-token");
        return address;
    }

    private static async Task<string> SecretAsync(IPage page) => (await page.Locator("#secret").InnerTextAsync()).Trim();

    /// <summary>The program with the lines of the page in its environment.</summary>
    private ServiceProcess StartAgent(string token) => new([], "JobServer.RunnerAgent", new Dictionary<string, string>
    {
        ["JOBSERVER_Agent__CoordinatorAddress"] = service.Site.CoordinatorAddress,
        ["JOBSERVER_Agent__Backend"] = Slug,
        ["JOBSERVER_Agent__Token"] = token,
        ["JOBSERVER_Agent__StateDirectory"] = Path.Combine(_folder, "agent"),
        ["JOBSERVER_Agent__SiteDirectory"] = Path.Combine(_folder, "site"),
        ["JOBSERVER_Agent__Sandbox__BaseUserId"] = "740000",
        ["JOBSERVER_Agent__Limits__DiskFloor"] = "0",
    });

    private async Task<AgentSession> SessionAsync(ServiceProcess agent, int number, Func<AgentSession, bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            var sessions = await ReadAsync(db => db.AgentSessions.AsNoTracking()
                .Where(session => db.Agents.Any(agent => agent.Id == session.AgentId && agent.Backend.Slug == Slug))
                .OrderBy(session => session.Epoch).ToListAsync());
            if (sessions.Count >= number && condition(sessions[number - 1]))
            {
                return sessions[number - 1];
            }

            var seen = string.Join(", ", sessions.Select(session => string.Create(CultureInfo.InvariantCulture, $"{session.Epoch} {session.EndReason}")));
            Assert.False(deadline.IsCancellationRequested, $"Session {number} did not come to be as it should; there are: {seen}. The agent said:\n{agent.Output}");
            await Task.Delay(20);
        }
    }

    private async Task<T> ReadAsync<T>(Func<JobServerDb, Task<T>> read)
    {
        await using var db = await service.Site.Services.GetRequiredService<IDbContextFactory<JobServerDb>>().CreateDbContextAsync();
        return await read(db);
    }
}
