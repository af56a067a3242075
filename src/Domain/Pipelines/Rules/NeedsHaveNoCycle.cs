using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>N04: No action needs itself, directly or through others.</summary>
internal sealed class NeedsHaveNoCycle : IPipelineRule
{
    internal const string Number = "N04";

    /// <summary>Finding the names of a cycle costs as much as the cycle is long, so only so many are told.</summary>
    private const int MostCycles = 20;
    private const int MostNames = 12;

    public string Id => Number;

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        var state = new Dictionary<ActionDraft, bool>();
        var path = new List<(ActionDraft Action, int NextNeed)>();
        var told = 0;
        foreach (var start in draft.Actions)
        {
            if (!state.TryAdd(start, true)) continue;
            path.Add((start, 0));
            while (path.Count > 0)
            {
                var (action, next) = path[^1];
                if (next == action.Needs.Count)
                {
                    state[action] = false;
                    path.RemoveAt(path.Count - 1);
                    continue;
                }

                path[^1] = (action, next + 1);
                var need = action.Needs[next];
                if (!draft.ByName.TryGetValue(need.Name, out var needed)) continue;
                if (state.TryAdd(needed, true)) path.Add((needed, 0));
                else if (state[needed] && told++ < MostCycles) Tell(path, needed, need, problems);
            }
        }
    }

    private void Tell(List<(ActionDraft Action, int NextNeed)> path, ActionDraft needed, NeedDraft need, ProblemList problems)
    {
        var from = path.FindLastIndex(p => ReferenceEquals(p.Action, needed));
        if (from == path.Count - 1)
        {
            problems.Error(
                Id, need.At, $"Action {Quoted.Text(needed.Name)} needs itself.", "Remove the name from its needs.");
            return;
        }

        var names = path.Skip(from).Take(MostNames).Select(p => Quoted.Text(p.Action.Name)).ToList();
        if (path.Count - from > MostNames) names.Add("…");
        names.Add(Quoted.Text(needed.Name));
        problems.Error(
            Id, need.At, $"Actions need each other in a circle: {string.Join(" → ", names)}.",
            "Remove one of these needs; an action can only use outputs that are made before it.");
    }
}
