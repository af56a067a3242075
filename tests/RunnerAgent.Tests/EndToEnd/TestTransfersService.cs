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

    public override Task<UploadState> BeginUpload(BeginUploadRequest request, ServerCallContext context)
    {
        var id = $"{request.Attempt.JobId}|{request.Path}|{request.Size}|{request.Sha256}";
        return Task.FromResult(State(id));
    }

    public override async Task<UploadState> Upload(IAsyncStreamReader<UploadFrame> requestStream, ServerCallContext context)
    {
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

    public override Task<UploadState> QueryUpload(QueryUploadRequest request, ServerCallContext context) =>
        Task.FromResult(State(request.UploadId));

    public override Task<CommitOutputsReply> CommitOutputs(CommitOutputsRequest request, ServerCallContext context)
    {
        if (rows.RefuseCommits)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "a file of this name may not leave"));
        rows.Commits.Enqueue(request);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(request.Attempt + string.Concat(request.Files)));
        return Task.FromResult(new CommitOutputsReply { ManifestDigest = Convert.ToHexStringLower(digest) });
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
