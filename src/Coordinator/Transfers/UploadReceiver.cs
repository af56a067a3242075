using JobServer.Contracts.V1;
using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;

namespace JobServer.Coordinator.Transfers;

/// <summary>Writes the bytes of one upload: to the partial file first, its offset to the row once they are on disk.</summary>
internal sealed class UploadReceiver(OutputCommits commits, IBlobStore blobs)
{
    private const long FlushEvery = 8 * 1024 * 1024;

    /// <returns>The row after the last chunk, complete or not; null when the attempt is no longer held.</returns>
    /// <exception cref="InvalidDataException">A chunk does not follow the committed offset.</exception>
    public async Task<Upload?> ReceiveAsync(AttemptHolder holder, Upload upload, IAsyncEnumerable<UploadChunk> chunks, CancellationToken cancellationToken)
    {
        if (upload.CompletedAt is not null)
        {
            return upload;
        }

        var offset = Math.Min(upload.CommittedOffset, blobs.PartialSize(upload.Id));
        await using (var file = await blobs.OpenPartialAsync(upload.Id, offset, cancellationToken))
        {
            var flushed = offset;
            await foreach (var chunk in chunks.WithCancellation(cancellationToken))
            {
                if (offset + chunk.Data.Length > upload.Size)
                {
                    throw TransferReading.Invalid($"More came than the {upload.Size} bytes announced.");
                }

                if (chunk.Offset != offset)
                {
                    throw new InvalidDataException($"A chunk at {chunk.Offset} does not follow {offset}; ask QueryUpload and go on.");
                }

                await file.WriteAsync(chunk.Data.Memory, cancellationToken);
                offset += chunk.Data.Length;
                if (offset - flushed >= FlushEvery)
                {
                    Flush(file);
                    if (!await commits.AdvanceAsync(holder, upload.Id, offset, complete: false, cancellationToken))
                    {
                        return null;
                    }

                    flushed = offset;
                }
            }

            Flush(file);
        }

        if (offset < upload.Size)
        {
            var kept = await commits.AdvanceAsync(holder, upload.Id, offset, complete: false, cancellationToken);
            return kept ? await commits.FindAsync(holder, upload.Id, cancellationToken) : null;
        }

        var isGood = await blobs.CompletePartialAsync(upload.Id, upload.Digest, upload.Size, cancellationToken);
        var advanced = await commits.AdvanceAsync(holder, upload.Id, isGood ? upload.Size : 0, isGood, cancellationToken);
        return advanced ? await commits.FindAsync(holder, upload.Id, cancellationToken) : null;
    }

    private static void Flush(Stream file)
    {
        if (file is FileStream onDisk)
        {
            onDisk.Flush(flushToDisk: true);
        }
        else
        {
            file.Flush();
        }
    }
}
