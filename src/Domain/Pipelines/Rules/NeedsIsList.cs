using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P12: needs is a list.</summary>
internal sealed class NeedsIsList : ActionRule
{
    public override string Id => "P12";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (action.NeedsNode.IsAbsent() || action.NeedsNode is YamlList || action.NeedsNode.HasForeignTag()) return;
        problems.Error(
            Id, action.NeedsNode, $"The needs of action {Quoted.Text(action.Name)} are {action.NeedsNode.Kind}, not a list.",
            "Put the names in brackets, as in needs: [first_action, second_action].");
    }
}
