using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P07: An action is a mapping.</summary>
internal sealed class ActionIsMapping : ActionRule
{
    public override string Id => "P07";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (action.Body is not null || action.Value.HasForeignTag()) return;
        problems.Error(
            Id, action.Key, $"Action {Quoted.Text(action.Name)} is {action.Value.Kind}; it should hold run and outputs.",
            "Write run: and outputs: under the name, indented by two more blanks.");
    }
}
