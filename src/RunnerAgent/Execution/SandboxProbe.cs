using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Execution;

/// <param name="State">What the disk and the process table say.</param>
/// <param name="Exit">Set when the state is ended.</param>
/// <param name="StartedAt">By the wall clock, for a living sandbox; null in its first instants.</param>
internal sealed record SandboxProbe(ProcessState State, SandboxExit? Exit = null, DateTimeOffset? StartedAt = null);
