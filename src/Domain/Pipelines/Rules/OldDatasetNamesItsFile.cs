using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>X07: the dataset commands of 2022 write at one level, to a file that `run` names (rules of 2022).</summary>
internal sealed class OldDatasetNamesItsFile : ActionRule
{
    public override string Id => "X07";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (draft.IsStrict || !ExtractCommands.IsOldDataset(action.RunText) || action.OutputsNode is not YamlMap) return;
        if (action.Levels.Count != 1)
        {
            problems.Error(
                Id, action.OutputsNode, $"The dataset action {Quoted.Text(action.Name)} has outputs at {action.Levels.Count} privacy levels.",
                "Put all its outputs under one level, usually highly_sensitive.");
        }
        else if (action.Outputs is [var first, ..] && !action.RunText!.Contains(first.Pattern, StringComparison.Ordinal))
        {
            problems.Error(
                Id, first.At, $"Action {Quoted.Text(action.Name)} does not name its output {Quoted.Text(first.Pattern)} in run.",
                "Give the same path in --output and under outputs.");
        }
    }
}
