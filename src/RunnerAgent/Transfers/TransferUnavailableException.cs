namespace JobServer.RunnerAgent.Transfers;

/// <summary>Nothing is known of the attempt: the call is made again later.</summary>
/// <param name="message">For the log.</param>
/// <param name="inner">What was caught.</param>
/// <param name="answered">The Coordinator was reached and could not do it: that is no matter of the connection, and is counted.</param>
internal sealed class TransferUnavailableException(string message, Exception? inner = null, bool answered = false) : Exception(message, inner)
{
    public bool Answered { get; } = answered;
}
