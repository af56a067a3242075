using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>X01: generate_cohort writes at one privacy level.</summary>
internal sealed class ExtractHasOneLevel : ActionRule
{
    public override string Id => "X01";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (!ExtractCommands.IsGenerateCohort(action.RunText) || action.OutputsNode is not YamlMap || action.Levels.Count == 1) return;
        problems.Error(
            Id, action.OutputsNode, $"The generate_cohort action {Quoted.Text(action.Name)} has outputs at {action.Levels.Count} privacy levels.",
            "Put all its outputs under one level, usually highly_sensitive.");
    }
}
