using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P17: A privacy level is a mapping.</summary>
internal sealed class LevelIsMapping : ActionRule
{
    public override string Id => "P17";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        foreach (var level in action.Levels)
        {
            if (level.Value is YamlMap || level.Value.HasForeignTag()) continue;
            problems.Error(
                Id, level.Value,
                $"{PrivacyLevels.NameOf(level.Level)} of action {Quoted.Text(action.Name)} is {level.Value.Kind}, not names with paths.",
                "Write a name, a colon and a path under it, as in table: output/table.csv.");
        }
    }
}
