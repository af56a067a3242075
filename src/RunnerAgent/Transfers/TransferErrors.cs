using Grpc.Core;

namespace JobServer.RunnerAgent.Transfers;

/// <summary>What a failed call of the data connection means for the attempt.</summary>
internal static class TransferErrors
{
    /// <param name="error">What the call failed with.</param>
    /// <param name="sameSession">With another session meanwhile, the answer was about the old one and says nothing of the attempt.</param>
    public static Exception Of(RpcException error, bool sameSession) => error.StatusCode switch
    {
        StatusCode.PermissionDenied when !sameSession => new TransferUnavailableException(error.Status.Detail, error),
        StatusCode.PermissionDenied => new AttemptFencedException(error.Status.Detail),
        StatusCode.NotFound => new TransferRefusedException(error.Status.Detail, notFound: true),
        StatusCode.FailedPrecondition => new TransferRefusedException(error.Status.Detail, notReady: true),
        StatusCode.InvalidArgument or StatusCode.OutOfRange or StatusCode.AlreadyExists or StatusCode.Unimplemented or StatusCode.ResourceExhausted =>
            new TransferRefusedException(error.Status.Detail),
        StatusCode.Unavailable or StatusCode.Unknown or StatusCode.Internal or StatusCode.DataLoss =>
            new TransferUnavailableException(error.Status.Detail, error, answered: IsAnswer(error.Status)),
        _ => new TransferUnavailableException(error.Status.Detail, error),
    };

    // A broken connection leaves its exception in the status, and a proxy answers in words that are not gRPC's.
    private static bool IsAnswer(Status status) =>
        status.DebugException is null && !status.Detail.StartsWith("Bad gRPC response", StringComparison.Ordinal);
}
