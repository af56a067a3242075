using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Transfers;

/// <summary>The data connection over gRPC. No call waits without a limit: unary ones in all, streams for progress.</summary>
internal sealed class GrpcTransfers(CoordinatorChannels channels, LiveSession session, AgentJournal journal, TimeProvider time) : ITransfers
{
    private const int ChunkSize = 64 * 1024;
    private static readonly TimeSpan UnaryLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProgressLimit = TimeSpan.FromSeconds(60);

    public async IAsyncEnumerable<BlobChunk> FetchBlobAsync(
        Attempt attempt, string sha256, long offset, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ProgressLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var request = new FetchBlobRequest { Session = Session(), Attempt = attempt, Sha256 = sha256, Offset = offset };
        using var call = Client().FetchBlob(request, channels.Metadata, cancellationToken: either.Token);
        while (await CallAsync(() => call.ResponseStream.MoveNext(either.Token), request.Session, cancellationToken))
        {
            // A frame without a byte is no progress, however often it comes.
            if (call.ResponseStream.Current.Data.Length > 0)
                limit.CancelAfter(ProgressLimit);
            yield return call.ResponseStream.Current;
        }
    }

    public Task<UploadState> BeginUploadAsync(BeginUploadRequest request, CancellationToken cancellationToken)
    {
        request.Session = Session();
        return UnaryAsync(
            token => Client().BeginUploadAsync(request, channels.Metadata, cancellationToken: token), request.Session, cancellationToken);
    }

    public Task<UploadState> QueryUploadAsync(Attempt attempt, string uploadId, CancellationToken cancellationToken)
    {
        var request = new QueryUploadRequest { Session = Session(), Attempt = attempt, UploadId = uploadId };
        return UnaryAsync(
            token => Client().QueryUploadAsync(request, channels.Metadata, cancellationToken: token), request.Session, cancellationToken);
    }

    public async Task<string> CommitOutputsAsync(CommitOutputsRequest request, CancellationToken cancellationToken)
    {
        request.Session = Session();
        var reply = await UnaryAsync(
            token => Client().CommitOutputsAsync(request, channels.Metadata, cancellationToken: token), request.Session, cancellationToken);
        return reply.ManifestDigest;
    }

    public async Task<UploadState> UploadAsync(Attempt attempt, string uploadId, Stream content, CancellationToken cancellationToken)
    {
        var asked = Session();
        using var limit = new CancellationTokenSource(ProgressLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var call = Client().Upload(channels.Metadata, cancellationToken: either.Token);
        return await CallAsync(
            async () =>
            {
                var header = new UploadHeader { Session = asked, Attempt = attempt, UploadId = uploadId };
                await call.RequestStream.WriteAsync(new UploadFrame { Header = header }, either.Token);
                var buffer = new byte[ChunkSize];
                while (await ReadChunkAsync(content, buffer, either.Token) is { Data.Length: > 0 } chunk)
                {
                    await call.RequestStream.WriteAsync(new UploadFrame { Chunk = chunk }, either.Token);
                    limit.CancelAfter(ProgressLimit);
                }

                await call.RequestStream.CompleteAsync();
                return await call.ResponseAsync;
            },
            asked,
            cancellationToken);
    }

    private static async Task<UploadChunk> ReadChunkAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        var offset = content.Position;
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);

        // The chunk is written before the buffer is filled again.
        return new UploadChunk { Offset = offset, Data = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, read)) };
    }

    private async Task<T> UnaryAsync<T>(
        Func<CancellationToken, AsyncUnaryCall<T>> call, SessionRef asked, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(UnaryLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        return await CallAsync(async () => await call(either.Token), asked, cancellationToken);
    }

    private async Task<T> CallAsync<T>(Func<Task<T>> call, SessionRef asked, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (RpcException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw TransferErrors.Of(error, session.Epoch == asked.SessionEpoch);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or InvalidOperationException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new TransferUnavailableException(error.Message, error);
        }
        catch (RpcException error)
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
    }

    // Between waiting for a session and asking, it may have gone: a call without one would be refused for good.
    private SessionRef Session() => session.Epoch is > 0 and var epoch
        ? new SessionRef { AgentId = journal.AgentId, SessionEpoch = epoch }
        : throw new TransferUnavailableException("There is no session now.");

    private Contracts.V1.Transfers.TransfersClient Client() => new(channels.Data);
}
