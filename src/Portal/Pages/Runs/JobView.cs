using JobServer.Data;
using JobServer.Data.Jobs;
using JobServer.Domain.Access;
using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using JobServer.Portal.Access;
using JobServer.Portal.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>A job as its page and its live part show it.</summary>
internal sealed record JobView
{
    public required JobLine Line { get; init; }

    public required BackendSight Backend { get; init; }

    public required string RequestIdentifier { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required int? ExitCode { get; init; }

    public required string Image { get; init; }

    public required string ImageVersion { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required IReadOnlyList<JobOutputSpec> Outputs { get; init; }

    public required bool UsesDatabase { get; init; }

    public required string Commit { get; init; }

    /// <summary>Where the code is that it runs in place of the study's; null for an action of the study.</summary>
    public required string? ReusableRepository { get; init; }

    public required string? ReusableCommit { get; init; }

    /// <summary>The number of its attempts.</summary>
    public required long Fence { get; init; }

    public required int LostAttempts { get; init; }

    public required int Revision { get; init; }

    public required DateTimeOffset? CancelRequestedAt { get; init; }

    public required IReadOnlyList<JobNeedLine> Needs { get; init; }

    /// <summary>Null for who may not see them.</summary>
    public IReadOnlyList<JobEventLine>? Events { get; init; }

    /// <summary>Null for who may not see them, and while the job has not ended.</summary>
    public IReadOnlyList<JobFileLine>? Files { get; init; }

    public RunAddress Address { get; init; } = null!;

    public DateTimeOffset Now { get; init; }

    public bool SeesPeople { get; init; }

    public string Command => ShellWords.Join([$"{Image}:{ImageVersion}", .. Arguments]);

    public IEnumerable<string> Warnings => Line.IsEnded ? [] : Backend.Warnings(Now);

    public long LiveRevision => LiveRevisionOf(Revision, !Line.IsEnded && Backend.IsSilent(Now));

    public static long LiveRevisionOf(int revision, bool isSilent) => (2L * revision) + (isSilent ? 1 : 0);

    public static async Task<JobView?> FindAsync(
        JobServerDb db, HttpContext context, int workspaceId, int number, string jobId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await db.Jobs.AsNoTracking()
            .Where(job => job.Id == jobId && job.JobRequestId == number && job.WorkspaceId == workspaceId)
            .Select(job => new JobView
            {
                Line = new JobLine
                {
                    Id = job.Id,
                    RequestNumber = job.JobRequestId,
                    Action = job.Action,
                    State = job.State,
                    Code = job.StatusCode,
                    StatusMessage = job.StatusMessage,
                    StartedAt = job.StartedAt,
                    CompletedAt = job.CompletedAt,
                },
                Backend = new BackendSight
                {
                    Slug = job.JobRequest.Backend.Slug,
                    Name = job.JobRequest.Backend.Name,
                    Mode = job.JobRequest.Backend.Mode,
                    ModeMessage = job.JobRequest.Backend.ModeMessage,
                    LastSeenAt = job.JobRequest.Backend.LastSeenAt,
                },
                RequestIdentifier = job.JobRequest.Identifier,
                CreatedBy = job.JobRequest.CreatedBy.FullName,
                CreatedAt = job.CreatedAt,
                UpdatedAt = job.UpdatedAt,
                ExitCode = job.ExitCode,
                Image = job.Image,
                ImageVersion = job.ImageVersion,
                Arguments = job.Arguments,
                Outputs = job.Outputs,
                UsesDatabase = job.UsesDatabase,
                Commit = job.JobRequest.Commit,
                ReusableRepository = job.ReusableRepository,
                ReusableCommit = job.ReusableCommit,
                Fence = job.Fence,
                LostAttempts = job.LostAttempts,
                Revision = job.Revision,
                CancelRequestedAt = job.CancelRequestedAt,
                Needs = job.Needs.Select(need => new JobNeedLine(
                    need.NeededJobId, need.Action, need.NeededJob.JobRequestId, need.NeededJob.State, need.NeededJob.StatusCode)).ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return null;
        var seesHistory = context.May(Permission.ReadFullJobLogs) || context.May(Permission.ManageRuns);
        var seesFiles = context.May(Permission.ViewReleasedFiles) && found.Line.IsEnded;
        var places = found.Line.State == JobState.Pending ? await QueuePlaces.FindAsync(db, number, now, cancellationToken) : null;
        return found with
        {
            Line = found.Line with { Waits = places?.GetValueOrDefault(jobId)?.Sentence },
            Events = seesHistory ? await JobEventLine.ReadAsync(db, jobId, cancellationToken) : null,
            Files = seesFiles ? await JobFileLine.ReadAsync(
                db, jobId, found.Fence, context.May(Permission.ViewUnreleasedOutputs) && !context.Rights().IsMember, cancellationToken) : null,
            Address = context.RunAddress(),
            Now = now,
            SeesPeople = context.SeesPeople(),
        };
    }
}
