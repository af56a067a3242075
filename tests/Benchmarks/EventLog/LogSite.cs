using System.Text.RegularExpressions;
using JobServer.Benchmarks.Servers;
using JobServer.Data;
using JobServer.Data.Writing;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Domain.Organisations;
using JobServer.Domain.Projects;
using JobServer.Domain.Users;
using JobServer.Domain.Workspaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Benchmarks.EventLog;

/// <summary>The real portal on loopback over a database with many requests, and a browser in which a person is signed in.</summary>
internal sealed partial class LogSite : IAsyncDisposable
{
    private readonly BenchmarkFolder _folder = new();
    private WebApplication? _portal;

    public string Database => BenchmarkCoordinator.DatabaseIn(_folder.Path);

    public HttpClient Browser { get; private set; } = null!;

    public static async Task<LogSite> StartAsync(int requests)
    {
        var site = new LogSite();
        var portal = PortalUnderTest.Create(site._folder.Path, ServerProcess.AnyPort);
        site._portal = portal;
        await portal.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await AddPeopleAsync(portal.Services);
        await LogRows.FillAsync(site.Database, requests);
        await portal.StartAsync();
        site.Browser = new HttpClient(new SocketsHttpHandler { UseCookies = true }) { BaseAddress = new Uri(portal.Urls.First()) };
        await site.SignInAsync();
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        Browser?.Dispose();
        if (_portal is not null)
        {
            await _portal.StopAsync();
            await _portal.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static Task<bool> AddPeopleAsync(IServiceProvider services) => services.GetRequiredService<DatabaseWriter>().RunAsync(
        async (db, token) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var users = Enumerable.Range(1, LogRows.Users).Select(number => new User { Login = $"user-{number}", FullName = $"Person {number}", CreatedAt = now }).ToList();
            users[0].Roles.Add(new UserRole { Role = Role.CoreDeveloper, GrantedAt = now });
            db.AddRange(users);
            db.AddRange(Enumerable.Range(1, LogRows.Backends).Select(number => new Backend { Slug = $"backend-{number}", Name = $"Backend {number}", CreatedAt = now }));
            var organisation = new Organisation { Name = "Institute", Slug = "institute", CreatedAt = now };
            db.Add(organisation);
            await db.SaveChangesAsync(token);
            var project = new Project { Name = "Study", Slug = "study", OrganisationId = organisation.Id, CreatedAt = now };
            db.Add(project);
            await db.SaveChangesAsync(token);
            db.AddRange(Enumerable.Range(1, LogRows.Workspaces).Select(number => new Workspace
            {
                ProjectId = project.Id,
                Slug = $"workspace-{number}",
                Repository = "https://github.com/example/study",
                Branch = "main",
                CreatedAt = now,
                CreatedById = users[0].Id,
            }));
            return true;
        },
        CancellationToken.None);

    private async Task SignInAsync()
    {
        var login = await Browser.GetStringAsync("/login");
        var token = AntiforgeryToken().Match(login).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__form", token), KeyValuePair.Create("personId", "1")]);
        using var response = await Browser.PostAsync("/login", form);
        response.EnsureSuccessStatusCode();
    }

    [GeneratedRegex("name=\"__form\"[^>]* value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AntiforgeryToken();
}
