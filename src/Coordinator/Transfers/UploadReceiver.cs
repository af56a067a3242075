using System.Security.Cryptography;
using JobServer.Contracts.V1;
using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;

namespace JobServer.Coordinator.Transfers;

/// <summary>Writes the bytes of one upload: to the partial file first, its offset to the row once they are on disk.</summary>
internal sealed class UploadReceiver(OutputCommits commits, IBlobStore blobs)
{
    private const int BufferSize = 64 * 1024;
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
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (var file = await blobs.OpenPartialAsync(upload.Id, offset, cancellationToken))
        {
            await HashBeginningAsync(file, offset, hash, cancellationToken);
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

                hash.AppendData(chunk.Data.Span);
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

        var isGood = Convert.ToHexStringLower(hash.GetHashAndReset()) == upload.Digest;
        if (isGood)
        {
            blobs.CompleteWritten(upload.Id, upload.Digest);
        }
        else
        {
            blobs.DiscardPartial(upload.Id);
        }

        var advanced = await commits.AdvanceAsync(holder, upload.Id, isGood ? upload.Size : 0, isGood, cancellationToken);
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
