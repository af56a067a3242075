using JobServer.Data;
using JobServer.Data.Writing;
using JobServer.Domain.Jobs;
using JobServer.Domain.Workspaces;
using JobServer.Portal.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.EndToEnd.Tests;

/// <summary>Makes workspaces of studies, submits their actions as the demo site's developer and waits for the end.</summary>
internal sealed class StudyRuns(AllInOneFixture service)
{
    public const string Automatic = "demo";
    public const string Reviewed = "demo-reviewed";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IDbContextFactory<JobServerDb> _contexts = service.Site.Services.GetRequiredService<IDbContextFactory<JobServerDb>>();

    public Task<JobServerDb> OpenAsync() => _contexts.CreateDbContextAsync();

    /// <summary>A workspace of a study that is written for it.</summary>
    public async Task MakeAsync(string name, IReadOnlyDictionary<string, string> files, string branch = "main") =>
        await MakeAsync(name, await service.AddStudyAsync(name, files), branch);

    /// <summary>Straight into the rows: the page that makes workspaces would refuse some of these.</summary>
    public async Task MakeAsync(string name, string repository, string branch) =>
        await service.Site.Services.GetRequiredService<DatabaseWriter>().RunAsync(
            async (db, token) =>
            {
                var project = await db.Projects.SingleAsync(row => row.Slug == "asthma-exacerbations", token);
                var person = await db.Users.SingleAsync(user => user.Login == "project-developer", token);
                db.Workspaces.Add(new Workspace
                {
                    ProjectId = project.Id,
                    Slug = name,
                    Repository = repository,
                    Branch = branch,
                    CreatedAt = TimeProvider.System.GetUtcNow(),
                    CreatedById = person.Id,
                });
            },
            CancellationToken.None);

    public async Task<JobSubmissionResult> SubmitAsync(string workspace, string backend, params string[] actions)
    {
        await using var db = await OpenAsync();
        var submission = new JobSubmission
        {
            UserId = await db.Users.Where(user => user.Login == "project-developer").Select(user => user.Id).SingleAsync(),
            WorkspaceId = await db.Workspaces.Where(row => row.Slug == workspace).Select(row => row.Id).SingleAsync(),
            BackendId = await db.Backends.Where(row => row.Slug == backend).Select(row => row.Id).SingleAsync(),
            Actions = actions,
        };
        return await service.Site.Services.GetRequiredService<JobSubmitter>().SubmitAsync(submission, CancellationToken.None);
    }

    /// <summary>Runs actions to their end; the jobs by action.</summary>
    public async Task<IReadOnlyDictionary<string, Job>> RunAsync(string workspace, string backend, params string[] actions)
    {
        var result = await SubmitAsync(workspace, backend, actions);
        Assert.True(result is JobSubmissionResult.Submitted, result.Message);
        var submitted = (JobSubmissionResult.Submitted)result;
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            await using var db = await OpenAsync();
            var jobs = await db.Jobs.AsNoTracking().Where(job => job.JobRequestId == submitted.Number).ToListAsync();
            if (jobs.TrueForAll(job => job.IsEnded))
                return jobs.ToDictionary(job => job.Action, StringComparer.Ordinal);

            Assert.False(deadline.IsCancellationRequested, $"Not ended in time: {string.Join(", ", jobs.Where(job => !job.IsEnded).Select(job => $"{job.Action} {job.StatusCode}"))}.");
            await Task.Delay(50);
        }
    }

    /// <summary>The log that people at the backend read.</summary>
    public string LogOf(string workspace, string action, string backend = Automatic) =>
        File.ReadAllText(Path.Combine(service.DataDirectory, "sites", backend, "workspaces", workspace, "metadata", $"{action}.log"));

    public string SiteBlob(string digest, string backend = Automatic) =>
        Path.Combine(service.DataDirectory, "sites", backend, "blobs", digest[..2], digest);

    public string ServiceBlob(string digest) => Path.Combine(service.DataDirectory, "blobs", digest[..2], digest);

    public async Task AssertNothingLeftTheSiteAsync(Job job)
    {
        await using var db = await OpenAsync();
        Assert.Empty(await db.OutputFiles.AsNoTracking().Where(file => file.JobId == job.Id && file.Disposition == OutputDisposition.Uploaded).ToListAsync());
        Assert.Empty(await db.Uploads.AsNoTracking().Where(upload => upload.JobId == job.Id).ToListAsync());
        Assert.Empty(await db.Releases.AsNoTracking().Where(release => release.JobId == job.Id).ToListAsync());
    }
}
