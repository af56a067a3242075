using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Connection;

/// <summary>
/// One stream as two functions, so that a session knows nothing of gRPC and can be played by a
/// simulator. One write at a time; a failure of either is an exception.
/// </summary>
internal sealed record SessionLink
{
    /// <summary>The next frame; null at the end of the stream.</summary>
    public required Func<CancellationToken, Task<CoordinatorFrame?>> Read { get; init; }

    public required Func<AgentFrame, CancellationToken, Task> Write { get; init; }
}
