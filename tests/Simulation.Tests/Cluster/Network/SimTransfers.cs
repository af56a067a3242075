using Google.Protobuf;
using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Transfers;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Transfers;
using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>The data connection: each call runs in a Coordinator's process, on its own service class.</summary>
internal sealed class SimTransfers(SimNetwork network, SimProcess process, LiveSession session, AgentJournal journal, int backendId) : ITransfers
{
    private const int ChunkSize = 64 * 1024;
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);

    public IAsyncEnumerable<BlobChunk> FetchBlobAsync(Attempt attempt, string sha256, long offset, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Working directories are made without a source here.");

    public Task<UploadState> BeginUploadAsync(BeginUploadRequest request, CancellationToken cancellationToken)
    {
        request.Session = Session();
        return CallAsync(request.Session, (service, context) => service.BeginUpload(request, context), cancellationToken);
    }

    public Task<UploadState> QueryUploadAsync(Attempt attempt, string uploadId, CancellationToken cancellationToken)
    {
        var request = new QueryUploadRequest { Session = Session(), Attempt = attempt, UploadId = uploadId };
        return CallAsync(request.Session, (service, context) => service.QueryUpload(request, context), cancellationToken);
    }

    public async Task<string> CommitOutputsAsync(CommitOutputsRequest request, CancellationToken cancellationToken)
    {
        request.Session = Session();
        return (await CallAsync(request.Session, (service, context) => service.CommitOutputs(request, context), cancellationToken)).ManifestDigest;
    }

    public Task<UploadState> UploadAsync(Attempt attempt, string uploadId, Stream content, CancellationToken cancellationToken)
    {
        var asked = Session();
        var frames = new List<UploadFrame> { new() { Header = new UploadHeader { Session = asked, Attempt = attempt, UploadId = uploadId } } };
        var buffer = new byte[ChunkSize];
        for (var offset = content.Position; content.Read(buffer) is var read and > 0; offset += read)
        {
            frames.Add(new UploadFrame { Chunk = new UploadChunk { Offset = offset, Data = Damaged(buffer.AsSpan(0, read)) } });
        }

        var cutAt = process.Simulator.Chance(network.CallsLost) ? process.Simulator.Random.Next(frames.Count + 1) : int.MaxValue;
        return CallAsync(asked, (service, context) => service.Upload(new SimUpload(frames, cutAt, context), context), cancellationToken);
    }

    private ByteString Damaged(ReadOnlySpan<byte> chunk)
    {
        var bytes = chunk.ToArray();
        if (process.Simulator.Chance(network.ChunksDamaged))
        {
            bytes[process.Simulator.Random.Next(bytes.Length)] ^= 1;
        }

        return ByteString.CopyFrom(bytes);
    }

    private SessionRef Session() => new() { AgentId = journal.AgentId, SessionEpoch = session.Epoch };

    private async Task<T> CallAsync<T>(SessionRef asked, Func<TransfersService, ServerCallContext, Task<T>> call, CancellationToken cancellationToken)
    {
        process.Guard();
        using var limit = new CancellationTokenSource(CallLimit, process.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await SendAsync(call, either.Token);
        }
        catch (RpcException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw TransferErrors.Of(error, session.Epoch == asked.SessionEpoch);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransferUnavailableException(error.Message, error);
        }
    }

    private async Task<T> SendAsync<T>(Func<TransfersService, ServerCallContext, Task<T>> call, CancellationToken cancellationToken)
    {
        var simulator = process.Simulator;
        var coordinator = network.Coordinators[simulator.Random.Next(network.Coordinators.Count)];
        await process.DelayAsync(network.Latency(), cancellationToken);
        if (!coordinator.IsServing || simulator.Chance(network.CallsLost))
        {
            throw Failure(StatusCode.Unavailable, "Connection refused");
        }

        // The answer crosses back from another process: never inline, and not at all when the line breaks.
        var answer = new TaskCompletionSource<T>();
        var callee = coordinator.Process;
        simulator.Start(callee, async () =>
        {
            Action settle;
            try
            {
                var value = await call(coordinator.Transfers(), new SimCallContext(backendId, cancellationToken));
                settle = () => answer.TrySetResult(value);
            }
            catch (Exception error)
            {
                settle = () => answer.TrySetException(error as RpcException ?? Failure(StatusCode.Unknown, error.Message));
            }

            if (simulator.Chance(network.CallsLost))
            {
                settle = () => answer.TrySetException(Failure(StatusCode.Unavailable, "The connection was reset"));
            }

            simulator.After(network.Latency(), () => simulator.Post(process, _ => settle(), null));
        });
        using var cancelled = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        return await answer.Task;
    }

    private static RpcException Failure(StatusCode code, string message) => new(new Grpc.Core.Status(code, message));
}
