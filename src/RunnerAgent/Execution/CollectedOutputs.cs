using JobServer.RunnerAgent.Workspaces;

namespace JobServer.RunnerAgent.Execution;

internal sealed record CollectedOutputs
{
    public required IReadOnlyList<SiteFile> Files { get; init; }

    public required IReadOnlyList<string> UnmatchedPatterns { get; init; }
}
