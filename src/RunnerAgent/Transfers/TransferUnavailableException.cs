namespace JobServer.RunnerAgent.Transfers;

/// <summary>Nothing is known of the attempt: the call is made again later.</summary>
internal sealed class TransferUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
