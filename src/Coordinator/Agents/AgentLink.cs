using JobServer.Contracts.V1;

namespace JobServer.Coordinator.Agents;

/// <summary>One control stream as plain functions, so that a simulated network can stand in for gRPC.</summary>
internal sealed class AgentLink
{
    /// <summary>From the token that opened the stream.</summary>
    public required int BackendId { get; init; }

    /// <summary>The digest of that token, as its row has it: it may be revoked while the stream is open.</summary>
    public required string TokenHash { get; init; }

    /// <summary>The next frame, or null at the end of the stream; <see cref="InvalidDataException"/> when there is one that cannot be read.</summary>
    public required Func<CancellationToken, Task<AgentFrame?>> ReadAsync { get; init; }

    /// <summary>One call at a time.</summary>
    public required Func<CoordinatorFrame, CancellationToken, Task> WriteAsync { get; init; }
}
