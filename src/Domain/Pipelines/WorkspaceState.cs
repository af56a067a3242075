namespace JobServer.Domain.Pipelines;

/// <summary>What a workspace has of each action: its latest job that was not cancelled. Actions the project no longer
/// has may be left in; they are not looked at.</summary>
public sealed class WorkspaceState(IReadOnlyDictionary<string, ExistingJob> latest)
{
    public static WorkspaceState Empty { get; } = new(new Dictionary<string, ExistingJob>(StringComparer.Ordinal));

    public ExistingJob? LatestOf(string action) => latest.GetValueOrDefault(action);
}
