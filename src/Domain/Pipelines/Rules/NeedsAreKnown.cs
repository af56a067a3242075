using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>N03: What is needed is there.</summary>
internal sealed class NeedsAreKnown : ActionRule
{
    public override string Id => "N03";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        foreach (var need in action.Needs)
        {
            if (draft.ByName.ContainsKey(need.Name) || need.Name.Contains(' ', StringComparison.Ordinal)) continue;
            problems.Error(
                Id, need.At, $"Action {Quoted.Text(action.Name)} needs {Quoted.Text(need.Name)}, but there is no action of that name.",
                problems.IsFull ? "" : NearNames.Hint(need.Name, draft.ByName.Keys));
        }
    }
}
