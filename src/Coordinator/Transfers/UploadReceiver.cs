using System.Security.Cryptography;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Telemetry;
using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;

namespace JobServer.Coordinator.Transfers;

/// <summary>Writes the bytes of one upload: to the partial file first, its offset to the row once they are on disk.</summary>
internal sealed class UploadReceiver(OutputCommits commits, IBlobStore blobs)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>One settling may be under way while as much again is received, so at most twice this is sent again after a cut.</summary>
    private const long SettleEvery = 4 * 1024 * 1024;

    /// <returns>The row after the last chunk, complete or not; null when the attempt is no longer held.</returns>
    /// <exception cref="InvalidDataException">A chunk does not follow the committed offset.</exception>
    public async Task<Upload?> ReceiveAsync(AttemptHolder holder, Upload upload, IAsyncEnumerable<UploadChunk> chunks, CancellationToken cancellationToken)
    {
        if (upload.CompletedAt is not null)
        {
            return upload;
        }

        var offset = Math.Min(upload.CommittedOffset, blobs.PartialSize(upload.Id));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (var file = await blobs.OpenPartialAsync(upload.Id, offset, cancellationToken))
        {
            await HashBeginningAsync(file, offset, hash, cancellationToken);
            CoordinatorMetrics.UploadResumed(offset);
            var settled = offset;
            var settling = Task.FromResult(true);
            try
            {
                await foreach (var chunk in chunks.WithCancellation(cancellationToken))
                {
                    Check(chunk, offset, upload.Size);

                    // The disk and the digest need not wait for each other.
                    var writing = file.WriteAsync(chunk.Data.Memory, cancellationToken);
                    hash.AppendData(chunk.Data.Span);
                    await writing;
                    offset += chunk.Data.Length;
                    if (offset - settled < SettleEvery)
                    {
                        continue;
                    }

                    if (!await settling)
                    {
                        return null;
                    }

                    // The end of the file settles a short rest.
                    if (upload.Size - offset >= SettleEvery)
                    {
                        await file.FlushAsync(cancellationToken);
                        settling = SettleAsync(file, holder, upload, offset, cancellationToken);
                        settled = offset;
                    }
                }

                await file.FlushAsync(cancellationToken);
                if (!await settling)
                {
                    return null;
                }
            }
            catch (Exception)
            {
                // The sender is gone, or went wrong after this: what has arrived need not come again.
                await EndedAsync(settling);
                if (offset > settled || settling.IsFaulted || settling.IsCanceled)
                {
                    await file.FlushAsync(CancellationToken.None);
                    await SettleAsync(file, holder, upload, offset, CancellationToken.None);
                }

                throw;
            }

            await blobs.FlushPartialAsync(file);
        }

        if (offset < upload.Size)
        {
            var kept = await commits.AdvanceAsync(holder, upload, offset, complete: false, cancellationToken);
            return kept ? await commits.FindAsync(holder, upload.Id, cancellationToken) : null;
        }

        var isGood = Convert.ToHexStringLower(hash.GetHashAndReset()) == upload.Digest;
        if (isGood)
        {
            blobs.CompleteWritten(upload.Id, upload.Digest);
        }
        else
        {
            blobs.DiscardPartial(upload.Id);
        }

        var advanced = await commits.AdvanceAsync(holder, upload, isGood ? upload.Size : 0, isGood, cancellationToken);
        return advanced ? await commits.FindAsync(holder, upload.Id, cancellationToken) : null;
    }

    /// <summary>What an earlier call wrote counts too.</summary>
    private static async Task HashBeginningAsync(Stream file, long length, IncrementalHash hash, CancellationToken cancellationToken)
    {
        if (length == 0)
        {
            return;
        }

        var buffer = new byte[BufferSize];
        file.Position = 0;
        for (var left = length; left > 0;)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, BufferSize)), cancellationToken);
            if (read == 0)
            {
                throw new InvalidDataException("The unfinished file has become shorter; ask QueryUpload and go on.");
            }

            hash.AppendData(buffer, 0, read);
            left -= read;
        }
    }

    private static void Check(UploadChunk chunk, long offset, long size)
    {
        if (offset + chunk.Data.Length > size)
        {
            throw TransferReading.Invalid($"More came than the {size} bytes announced.");
        }

        if (chunk.Offset != offset)
        {
            throw new InvalidDataException($"A chunk at {chunk.Offset} does not follow {offset}; ask QueryUpload and go on.");
        }
    }

    /// <summary>Records an offset once everything before it is on disk, while what follows is received.</summary>
    private async Task<bool> SettleAsync(Stream file, AttemptHolder holder, Upload upload, long offset, CancellationToken cancellationToken)
    {
        await blobs.FlushPartialAsync(file);
        return await commits.AdvanceAsync(holder, upload, offset, complete: false, cancellationToken);
    }

    /// <summary>The file must not be closed under a flush; how that went, the caller sees.</summary>
    private static async Task EndedAsync(Task settling)
    {
        try
        {
            await settling;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
        }
    }
}
