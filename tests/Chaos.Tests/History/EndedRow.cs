using JobServer.Domain.Jobs;

namespace JobServer.Chaos.Tests.History;

/// <summary>What of an ended job may never change.</summary>
internal sealed record EndedRow(JobState State, JobStatusCode Code, long Fence, DateTimeOffset? CompletedAt, string? ManifestDigest, int? ExitCode)
{
    public static EndedRow Of(Job job) => new(job.State, job.StatusCode, job.Fence, job.CompletedAt, job.ManifestDigest, job.ExitCode);
}
