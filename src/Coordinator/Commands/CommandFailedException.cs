namespace JobServer.Coordinator.Commands;

/// <summary>The command ends with this status; the message says why and what to do.</summary>
internal sealed class CommandFailedException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
