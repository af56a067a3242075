using System.Net;
using JobServer.Portal.CodeHosts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Tests.CodeHosts;

/// <summary>A server on loopback that speaks the few GitHub calls that we make, for one private and one public repository.</summary>
internal sealed class FakeGitHub : IAsyncDisposable
{
    public const string Sha = "0123456789abcdef0123456789abcdef01234567";
    public const string GoodToken = "ghp_good";
    private readonly WebApplication _app;

    private FakeGitHub(WebApplication app) => _app = app;

    /// <summary>For setting <c>CodeHosts:GitHub:ApiAddress</c>.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>Repositories that anybody sees.</summary>
    public HashSet<string> Public { get; } = new(StringComparer.Ordinal) { "TestTeam" };

    /// <summary>By "repository/path".</summary>
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal) { ["TestTeam/project.yaml"] = "version: '3.0'", ["Hidden/project.yaml"] = "version: '3.0'" };

    /// <summary>Commits of "repository:tag".</summary>
    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Commits that every branch has, beside <see cref="Sha"/>.</summary>
    public HashSet<string> Approved { get; } = new(StringComparer.Ordinal);

    /// <summary>Archives that were asked for, as "repository@commit".</summary>
    public List<string> Downloads { get; } = [];

    /// <summary>What the archive call answers with.</summary>
    public byte[] Archive { get; set; } = [1, 2, 3];

    /// <summary>Answers every call instead, when set.</summary>
    public Func<HttpContext, IResult?> Instead { get; set; } = _ => null;

    /// <summary>Tokens that the codeload address was called with: must stay empty.</summary>
    public List<string> TokensAtDownload { get; } = [];

    public static async Task<FakeGitHub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var fake = new FakeGitHub(app);
        fake.Map();
        await app.StartAsync();
        return fake;
    }

    public GitHubCodeHost Host(CodeHostOptions? limits = null)
    {
        var services = new ServiceCollection();
        services.AddHttpClient();
        services.AddSingleton(Options.Create(new GitHubOptions { ApiAddress = _app.Urls.Single() }));
        services.AddSingleton(Options.Create(limits ?? new CodeHostOptions()));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<GitHubClients>();
        services.AddSingleton<GitHubCodeHost>();
        return services.BuildServiceProvider().GetRequiredService<GitHubCodeHost>();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map()
    {
        _app.Use((context, next) => Instead(context) is { } answer ? answer.ExecuteAsync(context) : next(context));
        var repository = _app.MapGroup("/api/v3/repos/MediciaAI/{name}").AddEndpointFilter(async (call, next) =>
            Sees(call.HttpContext) is { } refusal ? refusal : await next(call));
        repository.MapGet("", () => Results.Json(new { id = 1, name = "TestTeam" }));
        repository.MapGet("/branches/{branch}", (string branch) => branch is "main"
            ? Results.Json(new { name = "main", commit = new { sha = Sha } })
            : NotFound());
        repository.MapGet("/contents/{*path}", (string name, string path) => Files.TryGetValue($"{name}/{path}", out var text)
            ? Results.Text(text)
            : NotFound());
        repository.MapGet("/commits", (string sha) => Results.Json(new[]
        {
            new { sha, commit = new { message = "Newest\n\nMore words.", author = new { name = "Dora", date = "2026-03-01T10:00:00Z" } } },
            new { sha = new string('1', 40), commit = new { message = "First", author = new { name = "Dora", date = "2026-02-01T10:00:00Z" } } },
        }));
        repository.MapGet("/commits/tags/{tag}", (string name, string tag) => Tags.TryGetValue($"{name}:{tag}", out var sha)
            ? Results.Text(sha)
            : Results.Json(new { message = "No commit found for SHA" }, statusCode: 422));
        repository.MapGet("/compare/{range}", (string range) =>
            Results.Json(new { status = range.StartsWith(Sha, StringComparison.Ordinal) || Approved.Any(sha => range.StartsWith(sha, StringComparison.Ordinal)) ? "ahead" : "diverged" }));
        repository.MapGet("/tarball/{sha}", (HttpContext context, string name, string sha) =>
        {
            Downloads.Add($"{name}@{sha}");
            return Results.Redirect($"{context.Request.Scheme}://localhost:{context.Request.Host.Port}/codeload");
        });
        _app.MapGet("/codeload", (HttpContext context) =>
        {
            if (context.Request.Headers.Authorization.ToString() is { Length: > 0 } token)
                TokensAtDownload.Add(token);
            return Results.Bytes(Archive, "application/x-gzip");
        });
    }

    private IResult? Sees(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (authorization.Length > 0 && !authorization.EndsWith(GoodToken, StringComparison.Ordinal))
            return Results.Json(new { message = "Bad credentials" }, statusCode: 401);
        return Public.Contains((string)context.Request.RouteValues["name"]!) || authorization.Length > 0 ? null : NotFound();
    }

    private static IResult NotFound() => Results.Json(new { message = "Not Found" }, statusCode: 404);
}
