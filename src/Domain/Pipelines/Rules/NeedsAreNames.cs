using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>N02: Entries of needs are names.</summary>
internal sealed class NeedsAreNames : ActionRule
{
    public override string Id => "N02";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        foreach (var item in (action.NeedsNode as YamlList)?.Items ?? [])
        {
            if (item is YamlScalar { ScalarKind: not (YamlScalarKind.Null or YamlScalarKind.Tagged) }) continue;
            problems.Error(
                Id, item, $"The needs of action {Quoted.Text(action.Name)} hold {item.Kind} where a name should stand.",
                "Write the names of actions, separated by commas, in one pair of brackets.");
        }
    }
}
