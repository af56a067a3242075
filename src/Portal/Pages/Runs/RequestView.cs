using JobServer.Data;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Jobs;
using JobServer.Portal.Studies;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>A request with its jobs, as its page and its live part show it.</summary>
internal sealed record RequestView
{
    /// <summary>One more than a picture has at most, so that more make none.</summary>
    private const int MostDrawn = 81;

    /// <summary>Later requests of the workspace that are asked whether they run this one again: no index knows.</summary>
    private const int MostLater = 500;

    public required int Number { get; init; }

    public required string Identifier { get; init; }

    public required JobRequestState State { get; init; }

    public required string StatusMessage { get; init; }

    public required int BackendId { get; init; }

    public required BackendSight Backend { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? FirstStartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required TimeSpan Runtime { get; init; }

    public required IReadOnlyList<string> RequestedActions { get; init; }

    public required bool ForceRunDependencies { get; init; }

    public required bool WillNotify { get; init; }

    public required string Branch { get; init; }

    /// <summary>Whose commit was run; the workspace may have another by now.</summary>
    public required string Repository { get; init; }

    /// <summary>The workspace still has the repository of this request.</summary>
    public bool IsOfPresentRepository { get; init; } = true;

    public required string Commit { get; init; }

    public required string ProjectDefinition { get; init; }

    public required int WorkspaceRevision { get; init; }

    public required int Revision { get; init; }

    public required int JobRevisions { get; init; }

    public IReadOnlyList<JobLine> Jobs { get; init; } = [];

    /// <summary>Who waits for whom among the jobs; null where they are too many to draw.</summary>
    public PipelineDrawing? Drawing { get; init; }

    /// <summary>By job: the actions that it needs.</summary>
    public ILookup<string, string> Needs { get; init; } = Array.Empty<string>().ToLookup(name => name, StringComparer.Ordinal);

    /// <summary>The request before it in the workspace; null for the first.</summary>
    public int? Previous { get; init; }

    /// <summary>The request whose failed jobs it runs again.</summary>
    public required int? RerunOf { get; init; }

    /// <summary>Requests that ran again what failed here.</summary>
    public IReadOnlyList<int> Reruns { get; init; } = [];

    public RunAddress Address { get; init; } = null!;

    public DateTimeOffset Now { get; init; }

    public bool SeesPeople { get; init; }

    /// <summary>Where the code host shows the commit; null where it has no pages.</summary>
    public Uri? RepositoryAddress { get; init; }

    public Uri? ProjectFileAddress { get; init; }

    /// <summary>What failed, and what was not started because of it. What a person cancelled is not a failure.</summary>
    public IEnumerable<string> FailedActions => Jobs.Where(job => job.State == JobState.Failed && !job.Code.IsCancellation()).Select(job => job.Action);

    public string ShortCommit => Commit.Length > 7 ? Commit[..7] : Commit;

    public bool IsEnded => Jobs.All(job => job.IsEnded);

    public int Done => Jobs.Count(job => job.IsEnded);

    public TimeSpan? Elapsed => FirstStartedAt is { } start ? (EndedAt ?? Now) - start : null;

    public IEnumerable<string> Warnings => IsEnded ? [] : Backend.Warnings(Now);

    /// <summary>What an open page compares: changes with the rows, and when the backend falls silent or comes back.</summary>
    public long LiveRevision => LiveRevisionOf(Revision, JobRevisions, !IsEnded && Backend.IsSilent(Now));

    public static long LiveRevisionOf(int request, int jobs, bool isSilent) => (2L * (request + (long)jobs)) + (isSilent ? 1 : 0);

    public static async Task<RequestView?> FindAsync(
        JobServerDb db, HttpContext context, CodeHostRouter hosts, int workspaceId, int number, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await db.JobRequests.AsNoTracking().Where(request => request.Id == number && request.WorkspaceId == workspaceId)
            .Select(request => new RequestView
            {
                Number = request.Id,
                Identifier = request.Identifier,
                State = request.State,
                StatusMessage = request.StatusMessage,
                BackendId = request.BackendId,
                Backend = new BackendSight
                {
                    Slug = request.Backend.Slug,
                    Name = request.Backend.Name,
                    Mode = request.Backend.Mode,
                    ModeMessage = request.Backend.ModeMessage,
                    LastSeenAt = request.Backend.LastSeenAt,
                },
                CreatedBy = request.CreatedBy.FullName,
                CreatedAt = request.CreatedAt,
                FirstStartedAt = request.FirstStartedAt,
                EndedAt = request.EndedAt,
                Runtime = request.Runtime,
                RequestedActions = request.RequestedActions,
                ForceRunDependencies = request.ForceRunDependencies,
                WillNotify = request.WillNotify,
                RerunOf = request.RerunOfId,
                Branch = request.Branch,
                Repository = request.Workspace.Repository,
                WorkspaceRevision = request.Workspace.Revision,
                Commit = request.Commit,
                ProjectDefinition = request.ProjectDefinition,
                Revision = request.Revision,
                JobRevisions = request.Jobs.Sum(job => job.Revision),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return null;
        var jobs = await JobLine.From(db.Jobs.AsNoTracking().Where(job => job.JobRequestId == number).OrderBy(job => job.Position))
            .ToListAsync(cancellationToken);
        if (jobs.Exists(job => job.State == JobState.Pending))
        {
            var places = await QueuePlaces.FindAsync(db, number, now, cancellationToken);
            jobs = jobs.ConvertAll(job => job with { Waits = places.GetValueOrDefault(job.Id)?.Sentence });
        }

        var needs = (await db.Jobs.AsNoTracking().Where(job => job.JobRequestId == number && job.Position < MostDrawn)
                .SelectMany(job => job.Needs, (job, need) => new { job.Id, need.Action })
                .ToListAsync(cancellationToken))
            .ToLookup(need => need.Id, need => need.Action, StringComparer.Ordinal);
        var around = await db.JobRequests.AsNoTracking().Where(request => request.WorkspaceId == workspaceId && request.Id > number)
            .OrderBy(request => request.Id)
            .Take(MostLater)
            .Where(request => request.RerunOfId == number)
            .Select(request => new { request.Id, IsRerun = true })
            .Concat(db.JobRequests.Where(request => request.WorkspaceId == workspaceId && request.Id < number)
                .OrderByDescending(request => request.Id).Take(1).Select(request => new { request.Id, IsRerun = false }))
            .ToListAsync(cancellationToken);
        var repository = await RequestRepositories.FindAsync(db, workspaceId, found.Repository, found.WorkspaceRevision, found.CreatedAt, cancellationToken);
        var place = CodeCommit.IsSha(found.Commit) ? hosts.Find(repository).Value : null;
        return found with
        {
            Repository = repository,
            IsOfPresentRepository = string.Equals(repository, found.Repository, StringComparison.OrdinalIgnoreCase),
            Jobs = jobs,
            Needs = needs,
            Drawing = PipelineDrawing.Of([.. jobs.Take(MostDrawn).Select(job => new PipelineNode(
                job.Action, [.. needs[job.Id]], UsesDatabase: false, StateWords.ToneOf(job.State, job.Code), StateWords.TextOf(job.State, job.Code)))]),
            Previous = around.Find(other => !other.IsRerun)?.Id,
            Reruns = [.. around.Where(other => other.IsRerun).Select(other => other.Id)],
            RepositoryAddress = place?.Host.WebAddress(place.Repository, new CodeCommit(found.Commit)),
            ProjectFileAddress = place?.Host.WebAddress(place.Repository, new CodeCommit(found.Commit), ProjectFiles.Name),
            Address = context.RunAddress(),
            Now = now,
            SeesPeople = context.SeesPeople(),
        };
    }
}
