using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P18: An output path is text.</summary>
internal sealed class OutputIsText : ActionRule
{
    public override string Id => "P18";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        foreach (var level in action.Levels)
        {
            foreach (var entry in (level.Value as YamlMap)?.Entries ?? [])
            {
                if (entry.Value.IsText(out _) || entry.Value.HasForeignTag()) continue;
                problems.Error(
                    Id, entry.Value is YamlScalar { Text.Length: 0 } ? entry.Key : entry.Value,
                    $"The output {Quoted.Text(entry.Key.Text)} of action {Quoted.Text(action.Name)} is {entry.Value.Kind}, not a path.",
                    "Write one path after the name; several paths need a name each.");
            }
        }
    }
}
