using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Transfers;

namespace JobServer.RunnerAgent.Tests.Workspaces;

/// <summary>Gives blobs, each when the test lets it.</summary>
internal sealed class FakeTransfers : ITransfers
{
    public Dictionary<string, byte[]> Blobs { get; } = [];

    /// <summary>A blob that is named here does not come before its gate is open.</summary>
    public Dictionary<string, TaskCompletionSource> Gates { get; } = [];

    public ConcurrentQueue<string> Asked { get; } = new();

    public async IAsyncEnumerable<BlobChunk> FetchBlobAsync(
        Attempt attempt, string sha256, long offset, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Asked.Enqueue(sha256);
        if (Gates.TryGetValue(sha256, out var gate))
            await gate.Task.WaitAsync(cancellationToken);

        yield return new BlobChunk { Offset = offset, Data = ByteString.CopyFrom(Blobs[sha256].AsSpan((int)offset)) };
    }

    public Task<UploadState> BeginUploadAsync(BeginUploadRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UploadState> UploadAsync(Attempt attempt, string uploadId, Stream content, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<UploadState> QueryUploadAsync(Attempt attempt, string uploadId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string> CommitOutputsAsync(CommitOutputsRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
}
