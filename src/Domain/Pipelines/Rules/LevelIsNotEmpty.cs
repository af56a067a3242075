using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P19: A privacy level that is named has outputs.</summary>
internal sealed class LevelIsNotEmpty : ActionRule
{
    public override string Id => "P19";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        foreach (var level in action.Levels)
        {
            if (level.Value is not YamlMap { Entries.Count: 0 }) continue;
            problems.Error(
                Id, level.Key,
                $"{PrivacyLevels.NameOf(level.Level)} of action {Quoted.Text(action.Name)} names no outputs.",
                "Add a name and a path under it, or remove the line.");
        }
    }
}
