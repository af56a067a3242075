using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>N01: Names in needs are separated by commas.</summary>
internal sealed class NeedsHaveCommas : ActionRule
{
    public override string Id => "N01";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        foreach (var need in action.Needs)
        {
            if (!need.Name.Contains(' ', StringComparison.Ordinal)) continue;
            problems.Error(
                Id, need.At, $"Action {Quoted.Text(action.Name)} needs {Quoted.Text(need.Name)}, which has a blank in it.",
                "Separate the names in needs with commas.");
        }
    }
}
