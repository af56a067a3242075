using System.Security.Cryptography;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Transfers;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Workspaces;

/// <summary>
/// Source snapshots by digest; each is fetched once for all jobs of a request, and no job waits for another one's.
/// </summary>
internal sealed class SourceCache(IOptions<AgentOptions> options, ITransfers transfers, TransferRetry retry)
{
    private const int MaxKept = 50;

    private const string Whole = ".tar.gz";
    private const string Partial = ".partial";

    private readonly Turns _turns = new();
    private readonly Holds _holds = new();
    private readonly string _root = Path.Join(Path.GetFullPath(options.Value.StateDirectory), "sources");

    /// <summary>Keeps a snapshot from being removed to make room, from before it is asked for until this is disposed of.</summary>
    public IDisposable Hold(SourceSpec source) => _holds.Take(source.Sha256);

    /// <returns>The path of the verified archive. It stays there for as long as it is held.</returns>
    public async Task<string> GetAsync(Attempt attempt, SourceSpec source, CancellationToken cancellationToken)
    {
        if (!SiteStore.IsDigest(source.Sha256))
            throw new AttemptFailedException(FailureReason.SourceUnusable, "The study's source has no valid digest.");

        using var held = Hold(source);
        using var turn = await _turns.TakeAsync(source.Sha256, cancellationToken);
        var path = Path.Join(_root, source.Sha256 + Whole);
        if (!File.Exists(path))
            await FetchAsync(attempt, source, path, cancellationToken);

        return path;
    }

    private async Task FetchAsync(Attempt attempt, SourceSpec source, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_root);
        MakeRoom();
        var partial = path + Partial;
        await retry.RunAsync(token => AppendAsync(attempt, source, partial, token), cancellationToken);
        if (await DigestAsync(partial, cancellationToken) != source.Sha256)
        {
            File.Delete(partial);
            throw new TransferDamagedException("The study's source does not match its digest.");
        }

        File.Move(partial, path, overwrite: true);
    }

    private async Task<bool> AppendAsync(Attempt attempt, SourceSpec source, string partial, CancellationToken cancellationToken)
    {
        // What does not say how large it is may not fill the disk either.
        var most = source.Size > 0 ? source.Size : options.Value.Limits.SourceSize;
        try
        {
            await using var file = new FileStream(partial, FileMode.Append, FileAccess.Write);
            await foreach (var chunk in transfers.FetchBlobAsync(attempt, source.Sha256, file.Position, cancellationToken))
            {
                if (chunk.Offset != file.Position || file.Position + chunk.Data.Length > most)
                    throw new AttemptFailedException(FailureReason.SourceUnusable, "The study's source is longer than announced.");

                await file.WriteAsync(chunk.Data.Memory, cancellationToken);
            }

            file.Flush(flushToDisk: true);
            return true;
        }
        catch (TransferRefusedException refused)
        {
            throw new AttemptFailedException(
                FailureReason.SourceUnusable, $"The Coordinator does not give the study's source: {refused.Message}", refused);
        }
        catch (AttemptFailedException)
        {
            File.Delete(partial);
            throw;
        }
    }

    private void MakeRoom()
    {
        // Downloads that were given up lie there too.
        var old = new DirectoryInfo(_root).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc).Skip(MaxKept - 1).ToLookup(DigestOf);
        _holds.Unheld(old.Select(files => files.Key), digest =>
        {
            foreach (var file in old[digest])
                file.Delete();
        });
    }

    private static string DigestOf(FileInfo file) => file.Name.Split('.')[0];

    private static async Task<string> DigestAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
