using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using JobServer.Contracts.V1;
using Status = Grpc.Core.Status;

namespace JobServer.RunnerAgent.Tests.EndToEnd;

internal sealed class TestTransfersService(CoordinatorRows rows) : Contracts.V1.Transfers.TransfersBase
{
    public override async Task FetchBlob(FetchBlobRequest request, IServerStreamWriter<BlobChunk> responseStream, ServerCallContext context)
    {
        await HangAsync(context);
        for (var empty = 0; rows.FetchesNothing; empty++)
        {
            await responseStream.WriteAsync(new BlobChunk { Offset = request.Offset });
            rows.EmptyChunks = empty;
            await Task.Delay(10, context.CancellationToken);
        }

        if (rows.FailFetches-- > 0)
            throw new RpcException(new Status(StatusCode.Unavailable, "the store is away"));
        if (!rows.Blobs.TryGetValue(request.Sha256, out var blob))
            throw new RpcException(new Status(StatusCode.NotFound, "there is no such blob"));

        for (var at = (int)request.Offset; at < blob.Length;)
        {
            var size = Math.Min(1000, blob.Length - at);
            await responseStream.WriteAsync(new BlobChunk { Offset = at, Data = ByteString.CopyFrom(blob, at, size) });
            at += size;
            if (rows.BreakFetchAfter > 0 && at >= rows.BreakFetchAfter)
            {
                rows.BreakFetchAfter = 0;
                context.GetHttpContext().Abort();
                return;
            }
        }
    }

    public override async Task<UploadState> BeginUpload(BeginUploadRequest request, ServerCallContext context)
    {
        await HangAsync(context);
        return State($"{request.Attempt.JobId}|{request.Path}|{request.Size}|{request.Sha256}");
    }

    public override async Task<UploadState> Upload(IAsyncStreamReader<UploadFrame> requestStream, ServerCallContext context)
    {
        await HangAsync(context);
        await requestStream.MoveNext();
        var id = requestStream.Current.Header.UploadId;
        var file = File(id);
        while (await requestStream.MoveNext())
        {
            var chunk = requestStream.Current.Chunk;
            if (chunk.Offset != file.Length)
                throw new RpcException(new Status(StatusCode.OutOfRange, $"expected offset {file.Length}, not {chunk.Offset}"));

            file.Write(chunk.Data.Span);
            if (rows.BreakUploadAfter > 0 && file.Length >= rows.BreakUploadAfter)
            {
                rows.BreakUploadAfter = 0;
                context.GetHttpContext().Abort();
                break;
            }
        }

        if (rows.DamageUploads-- > 0)
            file.SetLength(0);

        return State(id);
    }

    public override async Task<UploadState> QueryUpload(QueryUploadRequest request, ServerCallContext context)
    {
        if (context.RequestHeaders.GetValue("authorization") != $"Bearer {CoordinatorRows.Token}")
            throw new RpcException(new Status(StatusCode.Unauthenticated, "unknown token"));

        await HangAsync(context);
        return State(request.UploadId);
    }

    public override async Task<CommitOutputsReply> CommitOutputs(CommitOutputsRequest request, ServerCallContext context)
    {
        await HangAsync(context);
        if (rows.RefuseCommits)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "a file of this name may not leave"));
        rows.Commits.Enqueue(request);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(request.Attempt + string.Concat(request.Files)));
        return new CommitOutputsReply { ManifestDigest = Convert.ToHexStringLower(digest) };
    }

    public override async Task AppendLog(IAsyncStreamReader<LogFrame> requestStream, IServerStreamWriter<LogReply> responseStream, ServerCallContext context)
    {
        await requestStream.MoveNext();
        if (!rows.Sessions.ContainsKey(requestStream.Current.Session.SessionEpoch))
            throw new RpcException(new Status(StatusCode.Unavailable, "no such session"));

        while (await requestStream.MoveNext())
        {
            var frame = requestStream.Current;
            var attempt = frame.Open?.Attempt ?? frame.Chunk?.Attempt ?? frame.Gap?.Attempt ?? frame.End.Attempt;
            var log = rows.Logs.GetOrAdd(attempt, _ => new TestLog());
            await responseStream.WriteAsync(log.Take(frame, rows));
            if (rows.BreakLogAfter > 0 && log.Committed >= rows.BreakLogAfter)
            {
                rows.BreakLogAfter = 0;
                throw new RpcException(new Status(StatusCode.Unavailable, "cut by the test"));
            }
        }
    }

    private async Task HangAsync(ServerCallContext context)
    {
        if (!rows.Hangs)
            return;

        rows.Hanging++;
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
    }

    private MemoryStream File(string id)
    {
        var parts = id.Split('|');
        return rows.Uploads.GetOrAdd((parts[0], parts[1]), _ => new MemoryStream());
    }

    private UploadState State(string id)
    {
        var file = File(id);
        var parts = id.Split('|');
        var complete = file.Length == long.Parse(parts[2]) && Convert.ToHexStringLower(SHA256.HashData(file.ToArray())) == parts[3];
        return new UploadState
        {
            UploadId = id,
            CommittedOffset = file.Length,
            Progress = complete ? UploadProgress.Complete : UploadProgress.Incomplete,
        };
    }
}
