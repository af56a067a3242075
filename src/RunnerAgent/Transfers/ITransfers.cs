using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Transfers;

/// <summary>
/// The data connection over plain types. Each call throws <see cref="TransferUnavailableException"/>
/// (try again), <see cref="AttemptFencedException"/> or <see cref="TransferRefusedException"/>.
/// </summary>
internal interface ITransfers
{
    IAsyncEnumerable<BlobChunk> FetchBlobAsync(Attempt attempt, string sha256, long offset, CancellationToken cancellationToken);

    Task<UploadState> BeginUploadAsync(BeginUploadRequest request, CancellationToken cancellationToken);

    /// <param name="attempt">Whose upload it is.</param>
    /// <param name="uploadId">From BeginUpload.</param>
    /// <param name="content">Stands at the offset from which to send.</param>
    /// <param name="cancellationToken">Stops sending; what was committed stays.</param>
    Task<UploadState> UploadAsync(Attempt attempt, string uploadId, Stream content, CancellationToken cancellationToken);

    Task<UploadState> QueryUploadAsync(Attempt attempt, string uploadId, CancellationToken cancellationToken);

    Task<string> CommitOutputsAsync(CommitOutputsRequest request, CancellationToken cancellationToken);
}
