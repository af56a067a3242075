using JobServer.Portal.CodeHosts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Portal.Tests.CodeHosts;

public sealed class TokenlessCacheTests
{
    private static readonly CodeRepository Public = new(new Uri("https://github.com/MediciaAI/TestTeam"), "MediciaAI", "TestTeam");
    private static readonly CodeCommit Commit = new(FakeGitHub.Sha);

    [Fact]
    public async Task An_answer_is_asked_for_again_only_if_it_changed_and_never_kept_for_a_token()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        var (asked, unchanged) = (0, 0);
        gitHub.Instead = context =>
        {
            asked++;
            context.Response.Headers.ETag = "\"one\"";
            if (context.Request.Headers.IfNoneMatch.Count == 0)
                return context.Request.Path.Value!.Contains("/contents/", StringComparison.Ordinal) ? Text(context, "version: '3.0'") : Text(context, Branch);
            unchanged++;
            return Results.StatusCode(304);
        };
        await using var site = await StartAsync(gitHub);
        var host = HostOf(site);

        for (var i = 0; i < 3; i++)
            Assert.Equal(FakeGitHub.Sha, (await host.ResolveAsync(Public, "main", null, CancellationToken.None)).Value!.Sha);
        Assert.Equal((3, 2), (asked, unchanged));

        // A file at a commit is what it was.
        for (var i = 0; i < 3; i++)
            Assert.Equal("version: '3.0'", System.Text.Encoding.UTF8.GetString((await host.ReadFileAsync(Public, Commit, "project.yaml", null, CancellationToken.None)).Value!));
        Assert.Equal((4, 2), (asked, unchanged));

        for (var i = 0; i < 2; i++)
        {
            await host.ResolveAsync(Public, "main", FakeGitHub.GoodToken, CancellationToken.None);
            await host.ReadFileAsync(Public, Commit, "project.yaml", FakeGitHub.GoodToken, CancellationToken.None);
        }

        Assert.Equal((8, 2), (asked, unchanged));
    }

    [Fact]
    public async Task What_was_read_with_a_token_is_not_shown_to_others()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        gitHub.Instead = context =>
        {
            if (context.Request.Headers.Authorization.Count == 0)
                return null;
            context.Response.Headers.ETag = "\"secret\"";
            return Text(context, Branch);
        };
        await using var site = await StartAsync(gitHub);
        var hidden = Public with { Name = "Hidden" };

        Assert.NotNull((await HostOf(site).ResolveAsync(hidden, "main", FakeGitHub.GoodToken, CancellationToken.None)).Value);
        Assert.Equal(CodeHostFailure.RepositoryNotFoundOrPrivate, (await HostOf(site).ResolveAsync(hidden, "main", null, CancellationToken.None)).Problem!.Failure);
    }

    private const string Branch = "{\"name\":\"main\",\"commit\":{\"sha\":\"" + FakeGitHub.Sha + "\"}}";

    private static IResult Text(HttpContext context, string text)
    {
        context.Response.ContentLength = text.Length;
        return Results.Text(text, "application/json");
    }

    private static Task<PortalSite> StartAsync(FakeGitHub gitHub) =>
        PortalSite.StartAsync(new Dictionary<string, string?> { ["CodeHosts:GitHub:ApiAddress"] = gitHub.Address });

    private static ICodeHost HostOf(PortalSite site) => site.Services.GetServices<ICodeHost>().OfType<GitHubCodeHost>().Single();
}
