using JobServer.Data.Blobs;
using JobServer.Data.Writing;
using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>Uploads and the manifest of an attempt. Every write is guarded by the attempt's fence and holder.</summary>
public sealed class OutputCommits(DatabaseWriter writer, IDbContextFactory<JobServerDb> contexts, TimeProvider timeProvider)
{
    /// <summary>SHA-256 of job, fence and path: the same file of the same attempt is the same upload.</summary>
    public static string UploadIdOf(string jobId, long fence, string path) => Digests.OfText($"{jobId}\n{fence}\n{path}");

    /// <param name="holder">Who sends.</param>
    /// <param name="path">As the manifest will name it.</param>
    /// <param name="size">In bytes.</param>
    /// <param name="digest">Of all its bytes.</param>
    /// <param name="limits">Of all files of the attempt.</param>
    /// <param name="cancellationToken">Nothing is written.</param>
    public Task<BeginOutcome> BeginAsync(
        AttemptHolder holder, string path, long size, string digest, UploadLimits limits, CancellationToken cancellationToken) =>
        writer.RunAsync<BeginOutcome>(
            async (db, token) =>
            {
                if (!await holder.Holds(db).AnyAsync(token))
                {
                    return new BeginOutcome.NotHeld();
                }

                var id = UploadIdOf(holder.JobId, holder.Fence, path);
                var upload = await db.Uploads.SingleOrDefaultAsync(upload => upload.Id == id, token);
                if (upload is null || ((upload.Digest != digest || upload.Size != size) && upload.CompletedAt is null))
                {
                    if (await OverLimitAsync(db, holder, id, size, limits, token) is { } over)
                    {
                        return over;
                    }

                    if (upload is not null)
                    {
                        // The agent collected again and found another file: the old bytes are of no use.
                        db.Uploads.Remove(upload);
                        await db.SaveChangesAsync(token);
                    }

                    upload = new Upload
                    {
                        Id = id,
                        JobId = holder.JobId,
                        Fence = holder.Fence,
                        Path = path,
                        Size = size,
                        Digest = digest,
                        StartedAt = timeProvider.GetUtcNow(),
                    };
                    db.Uploads.Add(upload);
                }

                upload.SessionEpoch = holder.SessionEpoch;
                await db.SaveChangesAsync(token);
                return new BeginOutcome.Begun(upload);
            },
            cancellationToken);

    /// <returns>The upload's row, or null when there is none or the attempt is not held by this session.</returns>
    public async Task<Upload?> FindAsync(AttemptHolder holder, string uploadId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Uploads.AsNoTracking()
            .Where(upload => upload.Id == uploadId && upload.JobId == holder.JobId && upload.Fence == holder.Fence && holder.Holds(db).Any())
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Records bytes that are safely on disk. False when another session took over or the attempt is no longer held.</summary>
    /// <param name="holder">Who sends.</param>
    /// <param name="upload">As it was when the bytes were sent: begun anew for another content, it is another one under the same name.</param>
    /// <param name="offset">In bytes.</param>
    /// <param name="complete">The bytes are all there and have the upload's digest.</param>
    /// <param name="cancellationToken">Nothing is written.</param>
    public async Task<bool> AdvanceAsync(AttemptHolder holder, Upload upload, long offset, bool complete, CancellationToken cancellationToken)
    {
        DateTimeOffset? completedAt = complete ? timeProvider.GetUtcNow() : null;
        var (id, digest, size) = (upload.Id, upload.Digest, upload.Size);
        return await writer.RunAsync(
            (db, token) => db.Uploads
                .Where(row => row.Id == id && row.Digest == digest && row.Size == size && row.JobId == holder.JobId && row.Fence == holder.Fence
                    && row.SessionEpoch == holder.SessionEpoch && row.CompletedAt == null && holder.Holds(db).Any())
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.CommittedOffset, offset).SetProperty(row => row.CompletedAt, completedAt), token),
            cancellationToken) == 1;
    }

    /// <summary>Whether the attempt is held by this session and runs this snapshot.</summary>
    public async Task<bool> MayFetchAsync(AttemptHolder holder, string digest, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await holder.Holds(db).AnyAsync(job => (job.ReusableDigest ?? job.JobRequest.SourceDigest) == digest, cancellationToken);
    }

    /// <summary>Fixes what the attempt made. The same manifest again gives the same answer.</summary>
    /// <exception cref="ArgumentException">A file names another job or fence than the holder's.</exception>
    public Task<CommitOutcome> CommitAsync(AttemptHolder holder, IReadOnlyList<OutputFile> files, CancellationToken cancellationToken)
    {
        if (files.Any(file => file.JobId != holder.JobId || file.Fence != holder.Fence))
        {
            throw new ArgumentException("Every file of a manifest belongs to the attempt that commits it.", nameof(files));
        }

        return writer.RunAsync((db, token) => CommitAsync(db, holder, files, token), cancellationToken);
    }

    private static async Task<CommitOutcome> CommitAsync(
        JobServerDb db, AttemptHolder holder, IReadOnlyList<OutputFile> files, CancellationToken cancellationToken)
    {
        // A write, so that no report is applied meanwhile that counted the files before. A manifest without files leaves no rows of
        // its own and needs none: the last report names it, and is compared with the rows in the transaction that ends the attempt.
        if (await holder.Holds(db).ExecuteUpdateAsync(set => set.SetProperty(job => job.Revision, job => job.Revision + 1), cancellationToken) != 1)
        {
            return new CommitOutcome.NotHeld();
        }

        if (UnfitFor(files) is { } problem)
        {
            return new CommitOutcome.Incomplete(problem);
        }

        var digest = Manifests.DigestOf(files);
        var before = await db.OutputFiles.AsNoTracking().Where(file => file.JobId == holder.JobId && file.Fence == holder.Fence)
            .ToListAsync(cancellationToken);
        if (before.Count > 0)
        {
            return Manifests.DigestOf(before) == digest
                ? new CommitOutcome.Committed(digest)
                : new CommitOutcome.Incomplete("Other outputs were committed for this attempt before.");
        }

        var arrived = await db.Uploads.AsNoTracking()
            .Where(upload => upload.JobId == holder.JobId && upload.Fence == holder.Fence && upload.CompletedAt != null)
            .Select(upload => new { upload.Path, upload.Digest, upload.Size })
            .ToListAsync(cancellationToken);
        var verified = arrived.Select(upload => (upload.Path, upload.Digest, upload.Size)).ToHashSet();
        var missing = files
            .Where(file => file.Disposition == OutputDisposition.Uploaded && !verified.Contains((file.Path, file.Digest, file.Size)))
            .Select(file => file.Path)
            .ToList();
        if (missing.Count > 0)
        {
            return new CommitOutcome.Incomplete($"Not complete and verified: {string.Join(", ", missing.Take(5))}.");
        }

        db.OutputFiles.AddRange(files);
        await db.SaveChangesAsync(cancellationToken);
        return new CommitOutcome.Committed(digest);
    }

    private static async Task<BeginOutcome.OverLimit?> OverLimitAsync(
        JobServerDb db, AttemptHolder holder, string id, long size, UploadLimits limits, CancellationToken cancellationToken)
    {
        // A lock on the agent, as for a claim: of two that begin at once the second counts the first.
        await db.Agents.Where(agent => agent.Id == holder.AgentId)
            .ExecuteUpdateAsync(set => set.SetProperty(agent => agent.SessionEpoch, agent => agent.SessionEpoch), cancellationToken);
        var begun = db.Uploads.Where(upload => upload.JobId == holder.JobId && upload.Fence == holder.Fence && upload.Id != id);
        var count = await begun.CountAsync(cancellationToken);
        if (count >= limits.Files)
        {
            return new BeginOutcome.OverLimit($"An attempt uploads at most {limits.Files} files; this would be one more.");
        }

        var bytes = await begun.SumAsync(upload => upload.Size, cancellationToken);
        return size > limits.Bytes - bytes
            ? new BeginOutcome.OverLimit($"The files of an attempt have at most {limits.Bytes} bytes together; with this one it would be {(decimal)bytes + size}.")
            : null;
    }

    // The site holds these rules too. Here they keep a wrong agent's files from people, and its release from failing for ever.
    private static string? UnfitFor(IReadOnlyList<OutputFile> files)
    {
        var uploaded = files.Where(file => file.Disposition == OutputDisposition.Uploaded).ToList();
        if (uploaded.Find(file => file.Level == PrivacyLevel.HighlySensitive) is { } sensitive)
        {
            return $"{sensitive.Path} is highly sensitive and must stay at the site.";
        }

        return uploaded.GroupBy(file => file.Path, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? $"The manifest names {twice.Key} twice."
            : null;
    }
}
