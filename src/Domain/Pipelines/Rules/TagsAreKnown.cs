using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>Y05: Nothing that matters has a tag of its own.</summary>
internal sealed class TagsAreKnown : IPipelineRule
{
    public string Id => "Y05";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        Judge(draft.ActionsEntry?.Value, problems);
        foreach (var action in draft.Actions)
        {
            Judge(action.Value, problems);
            Judge(action.Run, problems);
            Judge(action.OutputsNode, problems);
            Judge(action.NeedsNode, problems);
            Judge(action.Config, problems);
            Judge(action.DummyDataFile, problems);
            foreach (var level in action.Levels)
            {
                Judge(level.Value, problems);
                foreach (var entry in (level.Value as YamlMap)?.Entries ?? []) Judge(entry.Value, problems);
            }
        }
    }

    private void Judge(YamlNode? node, ProblemList problems)
    {
        if (!node.HasForeignTag()) return;
        problems.Error(
            Id, node!, "A value has a tag (the word after \"!\"), which this format does not use.",
            "Remove the tag; put the value in quotes if the \"!\" belongs to it.");
    }
}
