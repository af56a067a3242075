using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P13: config is a mapping.</summary>
internal sealed class ConfigIsMapping : ActionRule
{
    public override string Id => "P13";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (action.Config.IsAbsent() || action.Config is YamlMap || action.Config.HasForeignTag()) return;
        problems.Error(
            Id, action.Config, $"The config of action {Quoted.Text(action.Name)} is {action.Config.Kind}, not a mapping.",
            "Write names and values under config:, indented.");
    }
}
