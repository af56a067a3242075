using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>X04: generate-dataset writes patient-level data.</summary>
internal sealed class DatasetIsHighlySensitive : ActionRule
{
    public override string Id => "X04";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (!draft.IsStrict || !ExtractCommands.IsGenerateDataset(action.RunText)) return;
        foreach (var level in action.Levels)
        {
            if (level.Level == PrivacyLevel.HighlySensitive || level.Value is YamlMap { Entries.Count: 0 }) continue;
            problems.Error(
                Id, level.Key, $"The generate-dataset action {Quoted.Text(action.Name)} has {PrivacyLevels.NameOf(level.Level)} outputs.",
                "A dataset has a row for each patient: put all its outputs under highly_sensitive.");
        }
    }
}
