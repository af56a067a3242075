namespace JobServer.Domain.Pipelines;

/// <summary>Turns a request into jobs.</summary>
public static class JobPlanner
{
    /// <summary>Plans the jobs of a request. An action that is asked for by name runs again unless a job of it is
    /// still active; one that is only needed runs when it has no result, its last job failed, or
    /// <paramref name="forceRunDependencies"/> is set. Takes time in proportion to actions and needs.</summary>
    public static JobPlan Plan(
        Pipeline pipeline,
        IReadOnlyList<string> requestedActions,
        bool forceRunDependencies,
        WorkspaceState state)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(requestedActions);
        ArgumentNullException.ThrowIfNull(state);
        if (requestedActions.Count == 0) return new JobPlan.Refused("Choose at least one action to run.");

        var runAll = requestedActions.Contains(Pipeline.RunAll, StringComparer.Ordinal);
        var byName = requestedActions.ToHashSet(StringComparer.Ordinal);
        foreach (var name in byName)
        {
            if (pipeline.Find(name) is null && !string.Equals(name, Pipeline.RunAll, StringComparison.Ordinal))
                return new JobPlan.Refused($"There is no action {Quoted.Text(name)} in project.yaml. Letter case matters.");
        }

        if (runAll) byName.Remove(Pipeline.RunAll);
        var wanted = runAll
            ? pipeline.AllActions
            : requestedActions.Select(name => pipeline.Find(name)!);
        var expansion = new PlanExpansion(pipeline, byName, forceRunDependencies, state);
        foreach (var action in wanted)
        {
            if (!expansion.TryVisit(action, out var cycle))
                return new JobPlan.Refused($"Action {Quoted.Text(cycle)} needs itself, directly or through other actions.");
        }

        return expansion.Jobs.Count > 0
            ? new JobPlan.Planned(expansion.Jobs)
            : new JobPlan.NothingToDo(Reason(pipeline, runAll, state));
    }

    private static string Reason(Pipeline pipeline, bool runAll, WorkspaceState state)
    {
        if (!runAll) return "All requested actions are already scheduled or running.";
        if (!pipeline.AllActions.Any()) return "The project has no actions.";
        return pipeline.AllActions.Any(a => state.LatestOf(a.Name) is { IsActive: true })
            ? "All actions have already succeeded, or are scheduled or running."
            : "All actions have already succeeded.";
    }
}
