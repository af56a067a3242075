using AngleSharp.Html.Dom;
using JobServer.Domain.Access;
using JobServer.Domain.Users;
using JobServer.Portal.Tests.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobServer.Portal.Tests.Users;

public sealed class TokenNowhereTests
{
    private const string Stored = "ghp_StoredTokenOfOcto0123456789";
    private const string Once = "ghp_TokenForOneRunOnly9876543210";

    [Fact]
    public async Task After_a_whole_run_no_token_is_in_any_table_log_line_frame_file_page_or_address()
    {
        using var gitHub = new PrivateRepository(Stored);
        await using var frames = await FrameTrap.StartAsync();
        using var log = new EveryLine();
        await using var site = await PortalSite.StartAsync(
            new Dictionary<string, string?>(gitHub.Settings)
            {
                ["Portal:Coordinator:Address"] = frames.Address,
                ["Logging:LogLevel:Default"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
            },
            services => services.AddSingleton<ILoggerProvider>(log));
        var shown = new List<string>();
        var browser = site.NewBrowser();

        // Sign in, and become somebody who may run jobs.
        await browser.SignInWithAsync(gitHub.Server);
        var workspace = await MakeWorkspaceAsync(site, gitHub);

        // A run with the stored token.
        await browser.SavedAsync("Token", ("Token", Stored));
        shown.Add((await browser.PageAsync("/settings")).DocumentElement.OuterHtml);
        await SubmitAsync(browser, workspace, shown);

        // A run with a token for it alone; the stored one would not do.
        gitHub.Good = Once;
        var page = await browser.PageAsync(workspace);
        var given = await browser.SubmitAsync((IHtmlFormElement)page.QuerySelector("form[action$='handler=Token']")!, ("Token", Once));
        shown.AddRange(given.Headers.GetValues("Set-Cookie"));
        shown.Add((await browser.PageAsync(workspace)).DocumentElement.OuterHtml);
        await SubmitAsync(browser, workspace, shown, ("force", "true"));
        Assert.Null((await browser.PageAsync(workspace)).QuerySelector("form[action$='handler=DropToken']"));

        // And one that fails, because GitHub refuses.
        gitHub.Good = "";
        shown.Add((await browser.PageAsync($"{workspace}/run-jobs/")).DocumentElement.OuterHtml);

        // All of it did happen.
        Assert.Equal(2, await site.Data.Database.ReadAsync(db => db.JobRequests.CountAsync(request => request.SourceDigest != null)));
        Assert.Contains(gitHub.Asked, line => line.Contains(Stored, StringComparison.Ordinal) && line.Contains("/tarball/", StringComparison.Ordinal));
        Assert.Contains(gitHub.Asked, line => line.Contains(Once, StringComparison.Ordinal) && line.Contains("/branches/", StringComparison.Ordinal));
        Assert.Contains(frames.Frames, frame => frame.Contains("RowsChanged", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("run-jobs", StringComparison.Ordinal));
        var kept = await EveryRow.ReadAsync(site.Data.Database);
        Assert.Contains(kept, item => item.Place == "StoredTokens.Protected");
        Assert.Contains(kept, item => item.Place == "Users.Login" && item.Text == "octo");
        Assert.Contains(kept, item => item.Place.StartsWith("blobs", StringComparison.Ordinal));

        var places = kept
            .Concat(log.Lines.Select(line => ("log", line)))
            .Concat(frames.Frames.Select(frame => ("frame", frame)))
            .Concat(shown.Select(text => ("page", text)))
            .ToList();
        foreach (var secret in new[] { Stored, Once, GitHubServer.AccessToken, GitHubServer.Secret })
        {
            Assert.DoesNotContain(places, place => place.Item2.Contains(secret, StringComparison.Ordinal));
        }
    }

    private static async Task<string> MakeWorkspaceAsync(PortalSite site, PrivateRepository gitHub)
    {
        var person = await site.Data.Database.ReadAsync(db => db.Users.AsNoTracking().SingleAsync<User>());
        var project = await site.Data.CreateProjectAsync(await site.Data.CreateOrganisationAsync("lab"), "hidden");
        await site.Data.AddMemberAsync(project, person, Role.ProjectDeveloper);
        await site.Data.AddToBackendAsync(await site.Data.CreateBackendAsync(), person);
        var workspace = await site.Data.CreateWorkspaceAsync(project, person, "hidden-main");
        await site.Data.Database.WriteAsync(async (db, token) =>
            (await db.Workspaces.SingleAsync(row => row.Id == workspace.Id, token)).Repository = gitHub.Repository);
        return "/lab/hidden/hidden-main";
    }

    private static async Task SubmitAsync(Browser browser, string workspace, List<string> shown, params (string Name, string Value)[] more)
    {
        var page = await browser.PageAsync($"{workspace}/run-jobs/");
        shown.Add(page.DocumentElement.OuterHtml);
        var box = page.QuerySelector("input[name=actions]");
        Assert.True(box is not null, $"Nothing can be chosen: {page.QuerySelector("main")!.TextContent}");
        var form = Assert.IsAssignableFrom<IHtmlFormElement>(box.Closest("form"));

        var response = await browser.SubmitAsync(form, [("actions", "extract"), .. more]);

        var location = response.Headers.Location?.ToString();
        Assert.True(location is not null, $"It was not submitted: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        shown.Add(location);
        shown.AddRange(response.Headers.GetValues("Set-Cookie"));
        shown.Add((await browser.PageAsync(location)).DocumentElement.OuterHtml);
    }
}
