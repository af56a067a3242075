using JobServer.Data.Blobs;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Domain.Organisations;
using JobServer.Domain.Projects;
using JobServer.Domain.Users;
using JobServer.Domain.Workspaces;
using Microsoft.Extensions.Time.Testing;

namespace JobServer.TestCommon;

/// <summary>A database and verbs that fill it, one for each noun. Names are made up where a test does not care.</summary>
public sealed class TestSite : IAsyncDisposable
{
    private int _number;

    private TestSite(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public FakeTimeProvider Clock => Database.Clock;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public static async Task<TestSite> CreateAsync(int seed = 1) => new(await TestDatabase.CreateAsync(seed));

    public T Get<T>()
        where T : notnull => Database.Get<T>();

    /// <summary>A person with global roles.</summary>
    public Task<User> CreateUserAsync(params Role[] roles) => CreateUserAsync(null, roles);

    public async Task<User> CreateUserAsync(string? login, params Role[] roles)
    {
        var name = login ?? Name("user");
        var user = new User { Login = name, FullName = $"Person {name}", Email = $"{name}@example.org", CreatedAt = Now };
        user.Roles.AddRange(roles.Select(role => new UserRole { Role = role, GrantedAt = Now }));
        return await Database.AddAsync(user);
    }

    public Task<Organisation> CreateOrganisationAsync(string? slug = null)
    {
        var name = slug ?? Name("organisation");
        return Database.AddAsync(new Organisation { Name = $"Organisation {name}", Slug = name, CreatedAt = Now });
    }

    public Task<Project> CreateProjectAsync(Organisation? organisation = null, string? slug = null)
    {
        var name = slug ?? Name("project");
        return Database.AddAsync(new Project { Name = $"Project {name}", Slug = name, OrganisationId = organisation?.Id, CreatedAt = Now });
    }

    /// <summary>Adds a person to a project with roles there.</summary>
    public async Task<ProjectMembership> AddMemberAsync(Project project, User user, params Role[] roles)
    {
        var membership = new ProjectMembership { ProjectId = project.Id, UserId = user.Id, CreatedAt = Now };
        membership.Roles.AddRange(roles.Select(role => new ProjectMembershipRole { Role = role }));
        return await Database.AddAsync(membership);
    }

    public Task<Backend> CreateBackendAsync(ReleasePolicy policy = ReleasePolicy.Reviewed, string? slug = null)
    {
        var name = slug ?? Name("backend");
        return Database.AddAsync(new Backend { Name = $"Backend {name}", Slug = name, ReleasePolicy = policy, CreatedAt = Now });
    }

    public Task<BackendMembership> AddToBackendAsync(Backend backend, User user) =>
        Database.AddAsync(new BackendMembership { BackendId = backend.Id, UserId = user.Id, CreatedAt = Now });

    /// <summary>Gives the backend a token, and returns what an agent would send.</summary>
    public async Task<string> CreateTokenAsync(Backend backend, DateTimeOffset? expiresAt = null)
    {
        var token = Name("token");
        await Database.AddAsync(new BackendToken { BackendId = backend.Id, Hash = Digests.OfText(token), CreatedAt = Now, ExpiresAt = expiresAt });
        return token;
    }

    public Task<Workspace> CreateWorkspaceAsync(Project project, User creator, string? slug = null) => Database.AddAsync(new Workspace
    {
        ProjectId = project.Id,
        Slug = slug ?? Name("workspace"),
        Repository = "https://github.com/example/study",
        Branch = "main",
        CreatedAt = Now,
        CreatedById = creator.Id,
    });

    /// <summary>Everything that must exist before jobs can run.</summary>
    public async Task<TestStudy> CreateStudyAsync(ReleasePolicy policy = ReleasePolicy.Reviewed)
    {
        var developer = await CreateUserAsync();
        var project = await CreateProjectAsync(await CreateOrganisationAsync());
        await AddMemberAsync(project, developer, Role.ProjectDeveloper);
        var backend = await CreateBackendAsync(policy);
        await AddToBackendAsync(backend, developer);
        var workspace = await CreateWorkspaceAsync(project, developer);
        return new TestStudy { Project = project, Workspace = workspace, Backend = backend, Developer = developer };
    }

    /// <summary>Puts text into the blob store.</summary>
    public async Task<StoredBlob> CreateBlobAsync(string text = "a study")
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return await Get<IBlobStore>().PutAsync(content, maxSize: 1024 * 1024, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private string Name(string noun) => $"{noun}-{Interlocked.Increment(ref _number)}";
}
