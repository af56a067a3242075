using System.Diagnostics.CodeAnalysis;

namespace JobServer.Domain.Pipelines;

/// <summary>The walk behind a plan: depth first with needs in written order, on a stack of its own because a chain of
/// needs may be thousands long.</summary>
internal sealed class PlanExpansion(
    Pipeline pipeline,
    IReadOnlySet<string> requestedByName,
    bool force,
    WorkspaceState state)
{
    private readonly HashSet<string> _planned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    public List<PlannedJob> Jobs { get; } = [];

    /// <summary>False when a need leads back to an action that is being visited.</summary>
    public bool TryVisit(PipelineAction wanted, [NotNullWhen(false)] out string? cycle)
    {
        cycle = null;
        var path = new Stack<(PipelineAction Action, int NextNeed)>();
        if (!MustRun(wanted)) return true;
        path.Push((wanted, 0));
        _open.Add(wanted.Name);
        while (path.Count > 0)
        {
            var (action, next) = path.Pop();
            if (next == action.Needs.Count)
            {
                _open.Remove(action.Name);
                Add(action);
                continue;
            }

            path.Push((action, next + 1));
            if (pipeline.Find(action.Needs[next]) is not { } need) continue;
            if (_open.Contains(need.Name))
            {
                cycle = need.Name;
                return false;
            }

            if (!MustRun(need)) continue;
            path.Push((need, 0));
            _open.Add(need.Name);
        }

        return true;
    }

    private bool MustRun(PipelineAction action)
    {
        if (_planned.Contains(action.Name)) return false;
        var existing = state.LatestOf(action.Name);
        if (existing is null) return true;
        if (existing.IsActive) return false;
        return force || existing.State == ExistingJobState.Failed || requestedByName.Contains(action.Name);
    }

    private void Add(PipelineAction action)
    {
        var waitsFor = new List<JobReference>();
        var inputsFrom = new List<JobReference>();
        foreach (var need in action.Needs.Distinct(StringComparer.Ordinal))
        {
            var existing = _planned.Contains(need) ? null : state.LatestOf(need);
            var job = new JobReference(need, existing?.JobId);
            inputsFrom.Add(job);
            if (existing is null or { IsActive: true }) waitsFor.Add(job);
        }

        _planned.Add(action.Name);
        Jobs.Add(new PlannedJob(action, waitsFor, inputsFrom));
    }
}
