namespace JobServer.RunnerAgent.Transfers;

/// <summary>The Coordinator understood the call and will not do it, however often it is made.</summary>
internal sealed class TransferRefusedException(string message, bool notFound = false, bool notReady = false) : Exception(message)
{
    public bool NotFound { get; } = notFound;

    /// <summary>Something else has to happen first: an upload is missing.</summary>
    public bool NotReady { get; } = notReady;
}
