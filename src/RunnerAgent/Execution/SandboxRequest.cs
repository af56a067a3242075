namespace JobServer.RunnerAgent.Execution;

internal sealed record SandboxRequest
{
    public required AttemptDirectory Directory { get; init; }

    public required IReadOnlyList<string> Command { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Put first in PATH, by name.</summary>
    public required IReadOnlyDictionary<string, string> Tools { get; init; }

    public required SandboxLimits Limits { get; init; }
}
