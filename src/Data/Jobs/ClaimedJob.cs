using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>A job leased to an agent, with all that its assignment says.</summary>
public sealed record ClaimedJob
{
    public required string JobId { get; init; }

    public required long Fence { get; init; }

    public required string RequestIdentifier { get; init; }

    public required int RequestNumber { get; init; }

    public required string Workspace { get; init; }

    public required string Action { get; init; }

    public required string Image { get; init; }

    public required string ImageVersion { get; init; }

    public required bool UsesDatabase { get; init; }

    /// <summary>Slots of its kind that it takes; from 1.</summary>
    public int Slots { get; init; } = 1;

    public required IReadOnlyList<string> Arguments { get; init; }

    public required IReadOnlyList<JobOutputSpec> Outputs { get; init; }

    public required IReadOnlyList<ClaimedInput> Inputs { get; init; }

    /// <summary>Of the reusable action's snapshot where the job runs one, otherwise of the study's.</summary>
    public required string SourceDigest { get; init; }

    public required long SourceSize { get; init; }

    public required string Commit { get; init; }

    public required LogPolicy LogPolicy { get; init; }

    /// <summary>The backend's thresholds for its outputs; empty leaves them to the agent's usual ones.</summary>
    public string DisclosureProfile { get; init; } = "";

    /// <summary>The backend's limit of one job's wall clock; null leaves it to the agent.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Without a sign of life for this long the job is stopped; null turns the watchdog off.</summary>
    public TimeSpan? SilenceLimit { get; init; }

    /// <summary>By the identifier of the job.</summary>
    internal static Task<Dictionary<string, ClaimedJob>> ReadAsync(JobServerDb db, IEnumerable<string> jobIds, CancellationToken cancellationToken)
    {
        var ids = jobIds.ToArray();
        return db.Jobs.AsNoTracking().AsSingleQuery().Where(job => EF.Parameter(ids).Contains(job.Id))
            .Select(job => new ClaimedJob
            {
                JobId = job.Id,
                Fence = job.Fence,
                RequestIdentifier = job.JobRequest.Identifier,
                RequestNumber = job.JobRequestId,
                Workspace = job.JobRequest.Workspace.Slug,
                Action = job.Action,
                Image = job.Image,
                ImageVersion = job.ImageVersion,
                UsesDatabase = job.UsesDatabase,
                Slots = job.Slots,
                Arguments = job.Arguments,
                Outputs = job.Outputs,
                Inputs = job.Needs
                .Select(need => new ClaimedInput { Action = need.Action, JobId = need.NeededJobId, ManifestDigest = need.NeededJob.ManifestDigest ?? "" })
                .ToList(),
                SourceDigest = job.ReusableDigest ?? job.JobRequest.SourceDigest!,
                SourceSize = job.ReusableDigest == null ? job.JobRequest.SourceSize : job.ReusableSize,
                Commit = job.ReusableCommit ?? job.JobRequest.Commit,
                TimeLimit = job.JobRequest.Backend.JobTimeLimit,
                SilenceLimit = job.JobRequest.Backend.JobSilenceLimit,
                LogPolicy = job.JobRequest.Backend.LogPolicy,
                DisclosureProfile = job.JobRequest.Backend.DisclosureProfile,
            })
            .ToDictionaryAsync(job => job.JobId, StringComparer.Ordinal, cancellationToken);
    }
}
