using JobServer.Data;
using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>A file that a job made. The path of a highly sensitive one is empty: its name stays at the site.</summary>
internal sealed record JobFileLine(string Path, PrivacyLevel Level, OutputDisposition Disposition, long Size, string Reason)
{
    private const int Most = 1_000;

    public static async Task<IReadOnlyList<JobFileLine>> ReadAsync(JobServerDb db, string jobId, long fence, CancellationToken cancellationToken) =>
        await db.OutputFiles.AsNoTracking().Where(file => file.JobId == jobId && file.Fence == fence)
            .OrderBy(file => file.Path)
            .Take(Most)
            .Select(file => new JobFileLine(file.Path, file.Level, file.Disposition, file.Size, file.Reason))
            .ToListAsync(cancellationToken);
}
