using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using JobServer.Data.Writing;
using JobServer.Domain.Backends;
using JobServer.Domain.Pipelines;
using JobServer.Domain.Projects;
using JobServer.Domain.Users;
using JobServer.Domain.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Benchmarks.Dispatch;

/// <summary>The least that a submit needs.</summary>
internal sealed record BenchmarkSite(int UserId, int BackendId, int WorkspaceId)
{
    public const string Token = "an agent token that only benchmarks use";

    public static Task<BenchmarkSite> MakeAsync(IServiceProvider services) => services.GetRequiredService<DatabaseWriter>().RunAsync(
        async (db, token) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var user = new User { Login = "developer", FullName = "Developer", CreatedAt = now };
            var backend = new Backend { Slug = "site", Name = "Site", CreatedAt = now, Tokens = { new BackendToken { Hash = Digests.OfText(Token), CreatedAt = now } } };
            db.AddRange(user, backend);
            await db.SaveChangesAsync(token);
            var project = new Project { Name = "Study", Slug = "study", CreatedAt = now };
            var workspace = new Workspace
            {
                Project = project,
                Slug = "workspace",
                Repository = "https://demo.local/a/b",
                Branch = "main",
                CreatedAt = now,
                CreatedById = user.Id,
            };
            db.AddRange(workspace, new BackendMembership { BackendId = backend.Id, UserId = user.Id, CreatedAt = now });
            await db.SaveChangesAsync(token);
            return new BenchmarkSite(user.Id, backend.Id, workspace.Id);
        },
        CancellationToken.None);

    public SubmitJobs Submit(Pipeline pipeline, string definition, string action = "go") => new()
    {
        WorkspaceId = WorkspaceId,
        BackendId = BackendId,
        UserId = UserId,
        Pipeline = pipeline,
        RequestedActions = [action],
        ForceRunDependencies = false,
        WillNotify = false,
        Branch = "main",
        Commit = new string('a', 40),
        ProjectDefinition = definition,
        Source = new StoredBlob { Digest = new string('b', 64), Size = 1 },
    };
}
