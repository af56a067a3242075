using System.Diagnostics;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Authentication;
using JobServer.Coordinator.Logs;
using JobServer.Data;
using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Upload = JobServer.Domain.Jobs.Upload;

namespace JobServer.Coordinator.Transfers;

/// <summary>Source snapshots to agents, outputs from them. Every call is checked against the attempt's holder.</summary>
[Authorize(CoordinatorAuthentication.Agent)]
internal sealed class TransfersService(
    OutputCommits commits, UploadReceiver receiver, UploadSlots slots, FetchSlots fetches, LogReceiver logs, LogStreams logStreams, IBlobStore blobs,
    IDbContextFactory<JobServerDb> contexts,
    IOptions<CoordinatorOptions> options, TimeProvider timeProvider) : Contracts.V1.Transfers.TransfersBase
{
    private const int ChunkSize = 64 * 1024;
    private static readonly TimeSpan ProgressLimit = TimeSpan.FromSeconds(60);

    public override async Task FetchBlob(FetchBlobRequest request, IServerStreamWriter<BlobChunk> responseStream, ServerCallContext context)
    {
        var holder = await HolderAsync(request.Session, request.Attempt, context);
        if (!Digests.IsWellFormed(request.Sha256) || !await commits.MayFetchAsync(holder, request.Sha256, context.CancellationToken))
        {
            throw NotHeld();
        }

        if (blobs.SizeOf(request.Sha256) is not { } size)
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.NotFound, "The source snapshot is missing from the blob store."));
        }

        if (request.Offset < 0 || request.Offset > size)
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.OutOfRange, $"The offset must be from 0 to {size}."));
        }

        using var slot = await RoomAsync(fetches.EnterAsync(holder.AgentId, context.CancellationToken));
        await using var content = blobs.OpenRead(request.Sha256);
        content.Position = request.Offset;
        await SendAsync(content, responseStream, context.CancellationToken);
    }

    public override async Task<UploadState> BeginUpload(BeginUploadRequest request, ServerCallContext context)
    {
        TransferReading.Upload(request, options.Value.MaxUploadSize);
        var holder = await HolderAsync(request.Session, request.Attempt, context);

        // Always the bytes themselves, even when the store has equal ones: knowing a digest is not having the file.
        return await commits.BeginAsync(holder, request.Path, request.Size, request.Sha256, options.Value.UploadLimits, context.CancellationToken) switch
        {
            BeginOutcome.Begun begun => StateOf(begun.Upload),
            BeginOutcome.OverLimit over => throw new RpcException(new Grpc.Core.Status(StatusCode.ResourceExhausted, over.Message)),
            BeginOutcome.NotHeld => throw NotHeld(),
            _ => throw new UnreachableException(),
        };
    }

    public override async Task<UploadState> Upload(IAsyncStreamReader<UploadFrame> requestStream, ServerCallContext context)
    {
        if (!await NextAsync(requestStream, context.CancellationToken) || requestStream.Current.Header is not { } header)
        {
            throw TransferReading.Invalid("The first frame of an upload is its header.");
        }

        var holder = await HolderAsync(header.Session, header.Attempt, context);
        var upload = await FindAsync(holder, header.UploadId, context);
        using var slot = await EnterAsync(holder, upload, context.CancellationToken);
        upload = await FindAsync(holder, header.UploadId, context);
        try
        {
            var received = await receiver.ReceiveAsync(holder, upload, ChunksAsync(requestStream, slot, context.CancellationToken), context.CancellationToken);
            return StateOf(received ?? throw await NotAdvancedAsync(holder, context));
        }
        catch (InvalidDataException exception)
        {
            // Not the sender's fault: an earlier call may have moved the offset after it asked.
            throw new RpcException(new Grpc.Core.Status(StatusCode.Aborted, exception.Message));
        }
    }

    public override async Task<UploadState> QueryUpload(QueryUploadRequest request, ServerCallContext context)
    {
        var holder = await HolderAsync(request.Session, request.Attempt, context);
        return StateOf(await FindAsync(holder, request.UploadId, context));
    }

    public override async Task<CommitOutputsReply> CommitOutputs(CommitOutputsRequest request, ServerCallContext context)
    {
        var holder = await HolderAsync(request.Session, request.Attempt, context);
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var workspaceId = await holder.Holds(db).Select(job => (int?)job.WorkspaceId).SingleOrDefaultAsync(context.CancellationToken) ?? throw NotHeld();
        var files = TransferReading.Files(request, holder, workspaceId, timeProvider.GetUtcNow());
        return await commits.CommitAsync(holder, files, context.CancellationToken) switch
        {
            CommitOutcome.Committed committed => new CommitOutputsReply { ManifestDigest = committed.ManifestDigest },
            CommitOutcome.Incomplete incomplete => throw new RpcException(new Grpc.Core.Status(StatusCode.FailedPrecondition, incomplete.Message)),
            CommitOutcome.NotHeld => throw NotHeld(),
            _ => throw new UnreachableException(),
        };
    }

    public override async Task AppendLog(IAsyncStreamReader<LogFrame> requestStream, IServerStreamWriter<LogReply> responseStream, ServerCallContext context)
    {
        using var limit = new CancellationTokenSource(ProgressLimit, timeProvider);
        using var first = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.CancellationToken);
        var session = LogReading.Session(await requestStream.MoveNext(first.Token) ? requestStream.Current : null);
        var backendId = AgentCaller.BackendOf(context);
        if (!await IsNewestAsync(session, backendId, context.CancellationToken))
        {
            // Before it may take the place of another stream: only an agent itself ends its older one.
            throw NotNewest();
        }

        using var stream = logStreams.Enter(backendId, session.AgentId, AgentCaller.TokenHashOf(context), context.CancellationToken)
            ?? throw new RpcException(new Grpc.Core.Status(StatusCode.ResourceExhausted, "Too many agents send logs now; try again later."));
        try
        {
            await logs.RunAsync(
                session,
                backendId,
                async token => await requestStream.MoveNext(token) ? requestStream.Current : null,
                responseStream.WriteAsync,
                stream.Ends);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.Aborted, "A newer stream of this agent took over, its token is no longer valid, or nobody read the replies."));
        }
    }

    /// <summary>The rest of the file must fit beside what others are sending.</summary>
    private Task<UploadSlot> EnterAsync(AttemptHolder holder, Upload upload, CancellationToken cancellationToken) => RoomAsync(slots.EnterAsync(
        holder.AgentId, upload.Id, upload.CompletedAt is null ? upload.Size - upload.CommittedOffset : 0, blobs.SpareRoom, cancellationToken));

    private static async Task<T> RoomAsync<T>(Task<T> entering)
    {
        try
        {
            return await entering;
        }
        catch (TransferBusyException busy)
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.Aborted, busy.Message));
        }
        catch (StoreFullException full)
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, full.Message));
        }
    }

    /// <summary>One chunk in a minute at least: a reader that has stopped must not keep a file open.</summary>
    private async Task SendAsync(Stream content, IServerStreamWriter<BlobChunk> responseStream, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ProgressLimit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var buffer = new byte[ChunkSize];
        try
        {
            while (await content.ReadAsync(buffer, either.Token) is > 0 and var read)
            {
                // A chunk is written before the buffer is filled again.
                var chunk = new BlobChunk { Offset = content.Position - read, Data = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, read)) };
                await responseStream.WriteAsync(chunk, either.Token);
                limit.CancelAfter(ProgressLimit);
            }
        }
        catch (Exception) when (limit.IsCancellationRequested)
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.DeadlineExceeded, $"Nothing was read for {ProgressLimit.TotalSeconds:0} seconds."));
        }
    }

    /// <summary>One frame in a minute at least: a silent sender must not keep a slot.</summary>
    private async Task<bool> NextAsync(IAsyncStreamReader<UploadFrame> stream, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ProgressLimit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        return await NextAsync(stream, limit, either.Token, cancellationToken);
    }

    private static async Task<bool> NextAsync(
        IAsyncStreamReader<UploadFrame> stream, CancellationTokenSource limit, CancellationToken either, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNext(either);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.DeadlineExceeded, $"Nothing came for {ProgressLimit.TotalSeconds:0} seconds."));
        }
    }

    private async IAsyncEnumerable<UploadChunk> ChunksAsync(
        IAsyncStreamReader<UploadFrame> stream, UploadSlot slot, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One for all chunks: sixteen of them make a megabyte.
        using var limit = new CancellationTokenSource(ProgressLimit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (await NextAsync(stream, limit, either.Token, cancellationToken))
        {
            if (stream.Current.Chunk is not { Data.Length: > 0 and <= ChunkSize } chunk)
            {
                throw TransferReading.Invalid($"After the header come chunks of 1 to {ChunkSize} bytes.");
            }

            yield return chunk;
            slot.Received(chunk.Data.Length);
            limit.CancelAfter(ProgressLimit);
        }
    }

    private static UploadState StateOf(Upload upload) => new()
    {
        UploadId = upload.Id,
        CommittedOffset = upload.CommittedOffset,
        Progress = upload.CompletedAt is null ? UploadProgress.Incomplete : UploadProgress.Complete,
    };

    /// <summary>An upload that an earlier session of the agent began is begun again; the attempt is as much its own as before.</summary>
    private async Task<RpcException> NotAdvancedAsync(AttemptHolder holder, ServerCallContext context)
    {
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        return await holder.Holds(db).AnyAsync(context.CancellationToken)
            ? new RpcException(new Grpc.Core.Status(StatusCode.Aborted, "Another session began this upload; begin it again."))
            : NotHeld();
    }

    private static RpcException NotNewest() =>
        new(new Grpc.Core.Status(StatusCode.PermissionDenied, "This session is not the agent's newest."));

    private static RpcException NotHeld() =>
        new(new Grpc.Core.Status(StatusCode.PermissionDenied, "This session does not hold the attempt."));

    private async Task<Upload> FindAsync(AttemptHolder holder, string uploadId, ServerCallContext context) =>
        (Digests.IsWellFormed(uploadId) ? await commits.FindAsync(holder, uploadId, context.CancellationToken) : null) ?? throw NotHeld();

    private async Task<bool> IsNewestAsync(SessionRef session, int backendId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Agents.AnyAsync(
            agent => agent.Id == session.AgentId && agent.BackendId == backendId && agent.SessionEpoch == session.SessionEpoch, cancellationToken);
    }

    /// <summary>Who the call says it is, if the token's backend is the agent's own.</summary>
    private async Task<AttemptHolder> HolderAsync(SessionRef session, Attempt attempt, ServerCallContext context)
    {
        var holder = TransferReading.Holder(session, attempt);
        var backendId = AgentCaller.BackendOf(context);
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        return await db.Agents.AnyAsync(agent => agent.Id == holder.AgentId && agent.BackendId == backendId, context.CancellationToken)
            ? holder
            : throw NotHeld();
    }
}
