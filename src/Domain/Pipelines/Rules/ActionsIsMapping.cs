using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P05: There are actions.</summary>
internal sealed class ActionsIsMapping : IPipelineRule
{
    public string Id => "P05";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        if (draft.Body is null || draft.ActionsEntry?.Value is YamlMap || (draft.ActionsEntry?.Value).HasForeignTag()) return;
        var found = draft.ActionsEntry is { } entry ? $"\"actions\" is {entry.Value.Kind}" : "The file has no \"actions\"";
        problems.Error(
            Id, draft.ActionsEntry?.Key ?? draft.Root, $"{found}; it should hold the actions by name.",
            "Write actions: and under it, indented, each action's name followed by a colon.");
    }
}
