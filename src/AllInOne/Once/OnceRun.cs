using JobServer.AllInOne.Demo;
using JobServer.Data;
using JobServer.Data.Blobs;
using JobServer.Domain.Pipelines;
using JobServer.Portal.Jobs;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;

namespace JobServer.AllInOne.Once;

/// <summary>The main job without a browser: submit the demo study, follow it to its end, check every released file.</summary>
internal sealed class OnceRun(AllInOneSite site, IAnsiConsole console)
{
    private readonly IDbContextFactory<JobServerDb> _contexts = site.Services.GetRequiredService<IDbContextFactory<JobServerDb>>();
    private readonly RequestFollower _follower = new(site.Services.GetRequiredService<IDbContextFactory<JobServerDb>>(), console);

    /// <returns>Whether all succeeded and each released file's bytes match its digest.</returns>
    public async Task<bool> RunAsync(bool force, CancellationToken cancellationToken)
    {
        var workspaceId = await WorkspaceIdAsync(cancellationToken);
        var unfinished = await UnfinishedAsync(workspaceId, cancellationToken);
        foreach (var number in unfinished)
        {
            console.MarkupLine($"Request {number} of an earlier run is not finished; following it first.");
            await _follower.FollowAsync(number, cancellationToken);
        }

        var (request, nothingToDo) = await SubmitAsync(workspaceId, force, cancellationToken);
        if (request is null)
        {
            return false;
        }

        if (!nothingToDo)
        {
            await _follower.FollowAsync(request.Value, cancellationToken);
        }

        var report = new OnceReport(_contexts, site.Services.GetRequiredService<IBlobStore>(), console);
        var shown = nothingToDo ? unfinished : [.. unfinished, request.Value];
        var succeeded = await report.PrintJobsAsync(shown, nothingToDo ? null : request, cancellationToken);
        return await report.PrintFilesAsync(workspaceId, nothingToDo ? [] : shown, cancellationToken) && succeeded;
    }

    private async Task<int> WorkspaceIdAsync(CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workspaces.Where(workspace => workspace.Slug == DemoSeed.WorkspaceSlug).Select(workspace => workspace.Id).SingleAsync(cancellationToken);
    }

    private async Task<List<int>> UnfinishedAsync(int workspaceId, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        return await db.JobRequests.Where(request => request.WorkspaceId == workspaceId && (request.PendingJobs > 0 || request.RunningJobs > 0))
            .OrderBy(request => request.Id)
            .Select(request => request.Id)
            .ToListAsync(cancellationToken);
    }

    private async Task<(int? Number, bool NothingToDo)> SubmitAsync(int workspaceId, bool force, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var backend = DemoSeed.Backends[0].Slug;
        var backendId = await db.Backends.Where(row => row.Slug == backend).Select(row => row.Id).SingleAsync(cancellationToken);
        var userId = await db.Users.Where(user => user.Login == DemoSeed.DeveloperLogin).Select(user => user.Id).SingleAsync(cancellationToken);
        var submission = new JobSubmission
        {
            UserId = userId,
            WorkspaceId = workspaceId,
            BackendId = backendId,
            Actions = [Pipeline.RunAll],
            ForceRunDependencies = force,
        };
        var result = await site.Services.GetRequiredService<JobSubmitter>().SubmitAsync(submission, cancellationToken);
        switch (result)
        {
            case JobSubmissionResult.Submitted submitted:
                console.WriteLine($"Request {submitted.Number}: {submitted.Message}");
                return (submitted.Number, false);

            case JobSubmissionResult.NothingToDo nothing:
                console.WriteLine($"nothing to do: {nothing.Reason}");
                return (nothing.Number, true);

            default:
                console.WriteLine(result.Message);
                return (null, false);
        }
    }
}
