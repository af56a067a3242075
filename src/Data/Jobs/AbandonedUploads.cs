using JobServer.Data.Blobs;
using JobServer.Data.Writing;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>Removes what attempts that are over leave of their uploads: nobody can ever go on with them.</summary>
public sealed class AbandonedUploads(DatabaseWriter writer, IDbContextFactory<JobServerDb> contexts, IDatabaseClock clock, IBlobStore blobs)
{
    /// <param name="grace">After the end of the job; of an attempt that another followed, after the beginning of the upload.</param>
    /// <param name="most">At a time.</param>
    /// <param name="cancellationToken">What is left comes with the next call.</param>
    /// <returns>How many were removed.</returns>
    public async Task<int> RemoveAsync(TimeSpan grace, int most, CancellationToken cancellationToken)
    {
        var before = await clock.NowAsync(cancellationToken) - grace;
        DateTimeOffset? ended = before;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await db.Uploads.AsNoTracking()
            .Where(upload => upload.StartedAt <= before && db.Jobs.Any(job =>
                job.Id == upload.JobId && (job.Fence > upload.Fence || job.CompletedAt <= ended)))
            .OrderBy(upload => upload.Id)
            .Select(upload => upload.Id)
            .Take(most)
            .ToArrayAsync(cancellationToken);
        if (ids.Length == 0)
        {
            return 0;
        }

        // The row last: without it nobody would know of the file.
        foreach (var id in ids)
        {
            blobs.DiscardPartial(id);
        }

        return await writer.RunAsync(
            (unit, token) => unit.Uploads.Where(upload => EF.Parameter(ids).Contains(upload.Id)).ExecuteDeleteAsync(token), cancellationToken);
    }
}
