using System.Collections.Concurrent;
using System.IO.Pipelines;
using JobServer.Data;
using JobServer.Data.Blobs;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Studies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Jobs;

/// <summary>Keeps the source of a commit in the blob store, streamed from the code host.</summary>
internal sealed class SourceSnapshots(IDbContextFactory<JobServerDb> contexts, IBlobStore blobs, IOptions<CodeHostOptions> limits)
{
    private const int MostKept = 1_000;
    private readonly ConcurrentDictionary<string, StoredBlob> _kept = new(StringComparer.Ordinal);

    public async Task<CodeHostResult<StoredBlob>> KeepAsync(int workspaceId, ProjectFile file, string? token, CancellationToken cancellationToken) =>
        await FindAsync(workspaceId, file.Commit, cancellationToken) is { } kept
            ? kept
            : await DownloadAsync(file.Place, file.Commit, token, cancellationToken);

    /// <summary>Of any repository. What this process downloaded before is not downloaded again; who may read it is for the caller to ask.</summary>
    public async Task<CodeHostResult<StoredBlob>> KeepAsync(CodePlace place, CodeCommit commit, string? token, CancellationToken cancellationToken)
    {
        var key = $"{place.Repository.Address}@{commit.Sha}";
        if (_kept.TryGetValue(key, out var kept) && blobs.SizeOf(kept.Digest) == kept.Size)
            return kept;
        var downloaded = await DownloadAsync(place, commit, token, cancellationToken);
        if (downloaded.Value is { } blob)
        {
            if (_kept.Count >= MostKept)
                _kept.Clear();
            _kept[key] = blob;
        }

        return downloaded;
    }

    /// <summary>A commit names its content, so what an earlier request of the workspace kept is the same.</summary>
    private async Task<StoredBlob?> FindAsync(int workspaceId, CodeCommit commit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var earlier = await db.JobRequests.AsNoTracking()
            .Where(request => request.WorkspaceId == workspaceId && request.Commit == commit.Sha && request.SourceDigest != null)
            .OrderByDescending(request => request.Id)
            .Select(request => new { Digest = request.SourceDigest!, request.SourceSize })
            .FirstOrDefaultAsync(cancellationToken);
        return earlier is not null && blobs.SizeOf(earlier.Digest) == earlier.SourceSize
            ? new StoredBlob { Digest = earlier.Digest, Size = earlier.SourceSize }
            : null;
    }

    private async Task<CodeHostResult<StoredBlob>> DownloadAsync(
        CodePlace place, CodeCommit commit, string? token, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var download = FillAsync(pipe.Writer, place, commit, token, stop.Token);
        try
        {
            await using var content = pipe.Reader.AsStream();
            var blob = await blobs.PutAsync(content, limits.Value.MaxSourceBytes, cancellationToken);
            await download;
            return blob;
        }
        catch (DownloadFailedException failed)
        {
            return failed.Problem;
        }
        catch (InvalidDataException)
        {
            return CodeHostProblems.SourceTooLarge(limits.Value.MaxSourceBytes);
        }
        finally
        {
            // Nobody reads any more: a download that still runs has no purpose.
            await stop.CancelAsync();
            await download.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A download that fails must fail its reader too, or half an archive would be kept as a whole one.</summary>
    private static async Task FillAsync(
        PipeWriter writer, CodePlace place, CodeCommit commit, string? token, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            var result = await place.Host.DownloadSourceAsync(
                place.Repository, commit, place.Host.TakesTokens ? token : null, writer.AsStream(leaveOpen: true), cancellationToken);
            failure = result.Problem is { } problem ? new DownloadFailedException(problem) : null;
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        await writer.CompleteAsync(failure);
    }

    private sealed class DownloadFailedException(CodeHostProblem problem) : IOException(problem.Message)
    {
        public CodeHostProblem Problem => problem;
    }
}
