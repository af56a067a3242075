using System.Text;
using JobServer.Chaos.Tests.Processes;
using JobServer.Data;
using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using JobServer.Data.Writing;
using JobServer.Domain.Backends;
using JobServer.Domain.Pipelines;
using JobServer.Domain.Projects;
using JobServer.Domain.Users;
using JobServer.Domain.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Chaos.Tests.Load;

/// <summary>What a Portal would write: the rows that a submit needs, and the submits.</summary>
internal sealed class LoadRows(IServiceProvider services)
{
    private int _userId;
    private int _backendId;
    private int _projectId;
    private int _number;
    private StoredBlob _source = null!;

    public int UserId => _userId;

    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
        using var snapshot = new MemoryStream(LoadStudy.Snapshot());
        _source = await services.GetRequiredService<IBlobStore>().PutAsync(snapshot, snapshot.Length, cancellationToken);
        (_userId, _backendId, _projectId) = await services.GetRequiredService<DatabaseWriter>().RunAsync(
            async (db, token) =>
            {
                var now = TimeProvider.System.GetUtcNow();
                var user = new User { Login = "developer", FullName = "Developer", CreatedAt = now };
                var hash = Digests.OfText(ChaosSite.Token);
                var backend = new Backend
                {
                    Slug = ChaosSite.Backend,
                    Name = "Site",
                    ReleasePolicy = ReleasePolicy.Automatic,
                    CreatedAt = now,
                    Tokens = { new BackendToken { Hash = hash, CreatedAt = now } },
                };
                var project = new Project { Name = "Study", Slug = "study", CreatedAt = now };
                db.AddRange(user, backend, project);
                await db.SaveChangesAsync(token);
                db.Add(new BackendMembership { BackendId = backend.Id, UserId = user.Id, CreatedAt = now });
                await db.SaveChangesAsync(token);
                return (user.Id, backend.Id, project.Id);
            },
            cancellationToken);
    }

    /// <summary>Every action of the definition, in a workspace of its own, so that requests do not wait for each other.</summary>
    /// <returns>The number of the request.</returns>
    public async Task<int> SubmitAsync(string definition, CancellationToken cancellationToken)
    {
        var reading = PipelineReader.Read(Encoding.UTF8.GetBytes(definition), PipelineDialect.Medicia);
        Assert.True(reading.IsValid, string.Join('\n', reading.Errors));
        var slug = $"workspace-{++_number}";
        var workspaceId = await services.GetRequiredService<DatabaseWriter>().RunAsync(
            async (db, token) =>
            {
                var workspace = new Workspace
                {
                    ProjectId = _projectId,
                    Slug = slug,
                    Repository = "https://demo.local/a/b",
                    Branch = "main",
                    CreatedAt = TimeProvider.System.GetUtcNow(),
                    CreatedById = _userId,
                };
                db.Add(workspace);
                await db.SaveChangesAsync(token);
                return workspace.Id;
            },
            cancellationToken);
        var outcome = await services.GetRequiredService<JobSubmissions>().SubmitAsync(
            new SubmitJobs
            {
                WorkspaceId = workspaceId,
                BackendId = _backendId,
                UserId = _userId,
                Pipeline = reading.Pipeline!,
                RequestedActions = ["run_all"],
                ForceRunDependencies = false,
                WillNotify = false,
                Branch = "main",
                Commit = new string('a', 40),
                ProjectDefinition = definition,
                Source = _source,
            },
            cancellationToken);
        return Assert.IsType<SubmitOutcome.Submitted>(outcome).RequestId;
    }
}
