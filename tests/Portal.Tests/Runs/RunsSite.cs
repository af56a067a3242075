using JobServer.Domain.Access;
using JobServer.Domain.Jobs;
using JobServer.Domain.Projects;
using JobServer.Domain.Users;
using JobServer.Domain.Workspaces;
using JobServer.Portal.Tests.CodeHosts;
using JobServer.TestCommon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace JobServer.Portal.Tests.Runs;

/// <summary>The portal on a loopback port over a real SQLite file and a real git repository, with one study in it.</summary>
internal sealed class RunsSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunsSite(WebApplication app, TestSite data, GitRepositoryFolder code)
    {
        _app = app;
        Data = data;
        Code = code;
    }

    public TestSite Data { get; }

    public GitRepositoryFolder Code { get; }

    public TestStudy Study { get; private set; } = null!;

    public string Folder => Path.Combine(Data.Database.Folder, "blobs");

    /// <summary>The address of the study's workspace.</summary>
    public string Address { get; private set; } = "";

    /// <param name="projectYaml">Committed to main; null leaves main without the file.</param>
    /// <param name="settings">Settings that win over those of tests.</param>
    public static async Task<RunsSite> StartAsync(string? projectYaml = ProjectYaml.Chain, params IReadOnlyList<(string Name, string Value)> settings)
    {
        var data = await TestSite.CreateAsync();
        var code = new GitRepositoryFolder();
        var builder = PortalHost.CreateBuilder([], "Testing");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = "Sqlite",
            ["Database:ConnectionString"] = data.Database.ConnectionString,
            ["Blobs:Directory"] = Path.Combine(data.Database.Folder, "blobs"),
            ["Audit:Key"] = "a key that only tests use",
            ["Portal:DemoSignIn"] = "true",

            // Everybody who signs in here comes from one address.
            ["Portal:Limits:SignInsPerMinute"] = "1000",
            ["Portal:Coordinator:Address"] = "http://127.0.0.1:9",
            ["Portal:Coordinator:InternalToken"] = new string('t', 40),
            ["CodeHosts:Local:Root"] = code.Root,
            ["CodeHosts:Local:Address"] = "https://demo.local",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.Logging.ClearProviders();
        PortalHost.Add(builder);
        builder.Services.AddQueryGuard();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        PortalHost.Map(app);
        await app.StartAsync();
        var site = new RunsSite(app, data, code);
        await site.FillAsync(projectYaml);
        return site;
    }

    public string Commit(string projectYaml) => Code.Commit("project.yaml", projectYaml);

    public WebVisitor Visitor() => new(new Uri(_app.Urls.First()));

    public async Task<WebVisitor> SignInAsync(User user)
    {
        var visitor = Visitor();
        await visitor.SignInAsync(user.Id);
        return visitor;
    }

    public Task<WebVisitor> DeveloperAsync() => SignInAsync(Study.Developer);

    /// <summary>A request of the whole chain; nobody runs it.</summary>
    public Task<int> SubmitAsync(params string[] actions) => Data.SubmitAsync(Study, ProjectYaml.Chain, actions.Length == 0 ? ["third"] : actions);

    /// <summary>Requests of one job each, all cancelled.</summary>
    public async Task SubmitManyAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var number = await SubmitAsync("first");
            await Data.Get<JobServer.Data.Jobs.JobCancellations>().CancelRequestAsync(number, Study.Developer.Id, CancellationToken.None);
        }
    }

    /// <summary>Ended jobs of made-up actions, added to a request.</summary>
    public async Task AddJobsAsync(int requestId, int count, string action)
    {
        for (var start = 0; start < count; start += 1_000)
        {
            var from = start;
            await Data.Database.WriteAsync((db, _) =>
            {
                db.Jobs.AddRange(Enumerable.Range(from, Math.Min(1_000, count - from)).Select(number => new Job
                {
                    Id = $"zz{number:D14}",
                    JobRequestId = requestId,
                    Position = 1_000 + number,
                    WorkspaceId = Study.Workspace.Id,
                    BackendId = Study.Backend.Id,
                    Action = $"{action}_{number}",
                    Image = "python",
                    ImageVersion = "v2",
                    Arguments = [],
                    Outputs = [],
                    State = JobState.Succeeded,
                    StatusCode = JobStatusCode.Succeeded,
                    CreatedAt = Data.Now,
                    UpdatedAt = Data.Now,
                    CompletedAt = Data.Now,
                }));
                return Task.FromResult(true);
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Data.DisposeAsync();
        Code.Dispose();
    }

    private async Task FillAsync(string? projectYaml)
    {
        var organisation = await Data.CreateOrganisationAsync("institute");
        var project = await Data.CreateProjectAsync(organisation, "asthma");
        var developer = await Data.CreateUserAsync("dora");
        await Data.AddMemberAsync(project, developer, Role.ProjectDeveloper);
        var backend = await Data.CreateBackendAsync(slug: "north");
        await Data.AddToBackendAsync(backend, developer);
        var workspace = await AddWorkspaceAsync(project, developer, "reviews");
        Study = new TestStudy { Project = project, Workspace = workspace, Backend = backend, Developer = developer };
        Address = "/institute/asthma/reviews";
        if (projectYaml is null)
            Code.Commit("README.md", "A study without a pipeline.");
        else
            Commit(projectYaml);
    }

    public Task<Workspace> AddWorkspaceAsync(
        Project project, User creator, string slug, string repository = "https://demo.local/studies/asthma-reviews", string branch = "main") =>
        Data.Database.AddAsync(new Workspace
        {
            ProjectId = project.Id,
            Slug = slug,
            Repository = repository,
            Branch = branch,
            CreatedAt = Data.Now,
            CreatedById = creator.Id,
        });

    public async Task<IReadOnlyList<JobRequest>> RequestsAsync() => await Data.Database.ReadAsync(db =>
        Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync(db.JobRequests));
}
