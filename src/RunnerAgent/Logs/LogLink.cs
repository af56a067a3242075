using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Logs;

/// <summary>One log stream as two functions. Read gives null at its end.</summary>
internal sealed record LogLink
{
    public required Func<CancellationToken, Task<LogReply?>> Read { get; init; }

    public required Func<LogFrame, CancellationToken, Task> Write { get; init; }
}
