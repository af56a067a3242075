using JobServer.Data;
using JobServer.Domain.Jobs;
using JobServer.Portal.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>What of a request is compared with another.</summary>
internal sealed record ComparedRequest
{
    public required int Number { get; init; }

    public required JobRequestState State { get; init; }

    public required string Backend { get; init; }

    public required string Repository { get; init; }

    public required int WorkspaceRevision { get; init; }

    public required string Branch { get; init; }

    public required string Commit { get; init; }

    public required IReadOnlyList<string> RequestedActions { get; init; }

    public required bool ForceRunDependencies { get; init; }

    public required string ProjectDefinition { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The request and the one before it in its workspace, newest first; one alone when it is the first.</summary>
    public static async Task<IReadOnlyList<ComparedRequest>> ReadAsync(JobServerDb db, int workspaceId, int number, CancellationToken cancellationToken)
    {
        var found = await db.JobRequests.AsNoTracking().Where(request => request.WorkspaceId == workspaceId && request.Id <= number)
            .OrderByDescending(request => request.Id)
            .Take(2)
            .Select(request => new ComparedRequest
            {
                Number = request.Id,
                State = request.State,
                Backend = request.Backend.Name,
                Repository = request.Workspace.Repository,
                WorkspaceRevision = request.Workspace.Revision,
                Branch = request.Branch,
                Commit = request.Commit,
                RequestedActions = request.RequestedActions,
                ForceRunDependencies = request.ForceRunDependencies,
                ProjectDefinition = request.ProjectDefinition,
                CreatedAt = request.CreatedAt,
            })
            .ToListAsync(cancellationToken);
        for (var i = 0; i < found.Count; i++)
        {
            var row = found[i];
            found[i] = row with { Repository = await RequestRepositories.FindAsync(db, workspaceId, row.Repository, row.WorkspaceRevision, row.CreatedAt, cancellationToken) };
        }

        return found;
    }
}
