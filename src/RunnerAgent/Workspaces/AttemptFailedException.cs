using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Workspaces;

/// <summary>The attempt has failed for a reason that its researcher is told in plain words.</summary>
internal sealed class AttemptFailedException(FailureReason reason, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public FailureReason Reason { get; } = reason;
}
