using JobServer.Data.Jobs;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.Domain.Releases;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Releases;

/// <summary>Under the automatic policy a job's success releases what it uploaded, in the same transaction.</summary>
internal static class AutomaticReleases
{
    private const int UlidRandomBytes = 10;

    public static async Task MakeAsync(JobServerDb db, JobRow job, DateTimeOffset now, Random random, CancellationToken cancellationToken)
    {
        var policy = await db.Backends.Where(backend => backend.Id == job.BackendId).Select(backend => backend.ReleasePolicy).SingleAsync(cancellationToken);
        if (policy != ReleasePolicy.Automatic)
        {
            return;
        }

        var outputs = await db.OutputFiles.AsNoTracking()
            .Where(file => file.JobId == job.Id && file.Fence == job.Fence && file.Disposition == OutputDisposition.Uploaded)
            .OrderBy(file => file.Path)
            .ToListAsync(cancellationToken);
        if (outputs.Count == 0)
        {
            return;
        }

        var createdBy = await db.JobRequests.Where(request => request.Id == job.JobRequestId).Select(request => request.CreatedById).SingleAsync(cancellationToken);
        var release = new Release
        {
            Id = NewUlid(now, random),
            WorkspaceId = job.WorkspaceId,
            BackendId = job.BackendId,
            JobId = job.Id,
            CreatedById = createdBy,
            CreatedAt = now,
            Policy = policy,
        };
        foreach (var output in outputs)
        {
            release.Files.Add(new ReleaseFile
            {
                Id = NewUlid(now, random),
                ReleaseId = release.Id,
                WorkspaceId = job.WorkspaceId,
                Path = output.Path,
                Size = output.Size,
                Digest = output.Digest,
                CreatedAt = now,
            });
        }

        db.Releases.Add(release);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static string NewUlid(DateTimeOffset now, Random random)
    {
        var bytes = new byte[UlidRandomBytes];
        random.NextBytes(bytes);
        return Ulid.NewUlid(now, bytes).ToString();
    }
}
