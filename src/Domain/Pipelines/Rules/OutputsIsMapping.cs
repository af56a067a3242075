using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P10: outputs is a mapping.</summary>
internal sealed class OutputsIsMapping : ActionRule
{
    public override string Id => "P10";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (action.OutputsNode is null or YamlMap || action.OutputsNode.HasForeignTag()) return;
        problems.Error(
            Id, action.OutputsNode, $"The outputs of action {Quoted.Text(action.Name)} are {action.OutputsNode.Kind}.",
            "Write a privacy level such as moderately_sensitive: under outputs:, and under it a name and a path.");
    }
}
