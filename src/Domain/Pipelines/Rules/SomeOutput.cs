using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P15: There is at least one privacy level.</summary>
internal sealed class SomeOutput : ActionRule
{
    public override string Id => "P15";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (action.OutputsNode is not YamlMap map || action.Levels.Count > 0) return;
        problems.Error(
            Id, map, $"Action {Quoted.Text(action.Name)} has no outputs.",
            "Give at least one of highly_sensitive, moderately_sensitive and minimally_sensitive, with a name and a path.");
    }
}
