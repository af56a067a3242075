using System.Security.Cryptography;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Transfers;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Workspaces;

/// <summary>Source snapshots by digest; each is fetched once for all jobs of a request.</summary>
internal sealed class SourceCache(IOptions<AgentOptions> options, ITransfers transfers, TransferRetry retry) : IDisposable
{
    private const int MaxKept = 50;

    private readonly SemaphoreSlim _one = new(1);
    private readonly string _root = Path.Join(Path.GetFullPath(options.Value.StateDirectory), "sources");

    /// <returns>The path of the verified archive.</returns>
    public async Task<string> GetAsync(Attempt attempt, SourceSpec source, CancellationToken cancellationToken)
    {
        if (!SiteStore.IsDigest(source.Sha256))
            throw new AttemptFailedException(FailureReason.SourceUnusable, "The study's source has no valid digest.");

        await _one.WaitAsync(cancellationToken);
        try
        {
            var path = Path.Join(_root, $"{source.Sha256}.tar.gz");
            if (!File.Exists(path))
                await FetchAsync(attempt, source, path, cancellationToken);

            return path;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task FetchAsync(Attempt attempt, SourceSpec source, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_root);
        MakeRoom();
        var partial = path + ".partial";
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
        try
        {
            await using var file = new FileStream(partial, FileMode.Append, FileAccess.Write);
            await foreach (var chunk in transfers.FetchBlobAsync(attempt, source.Sha256, file.Position, cancellationToken))
            {
                if (chunk.Offset != file.Position || (source.Size > 0 && file.Position + chunk.Data.Length > source.Size))
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
        var kept = new DirectoryInfo(_root).GetFiles("*.tar.gz").OrderByDescending(file => file.LastWriteTimeUtc).Skip(MaxKept - 1);
        foreach (var old in kept)
            old.Delete();
    }

    private static async Task<string> DigestAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    public void Dispose() => _one.Dispose();
}
