using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>X02: generate_cohort writes to one folder.</summary>
internal sealed class ExtractHasOneFolder : ActionRule
{
    public override string Id => "X02";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (!ExtractCommands.IsGenerateCohort(action.RunText) || action.OutputsNode is not YamlMap) return;
        if (action.Words is null || ExtractCommands.HasOption(action.Words, "--output-dir")) return;
        var folders = action.Outputs.Select(o => OutputPaths.Folder(o.Pattern)).Distinct(StringComparer.Ordinal).ToList();
        if (folders.Count == 1) return;
        var which = folders.Count == 0 ? "no folder" : $"{folders.Count} folders ({Quoted.List(folders)})";
        problems.Error(
            Id, action.OutputsNode, $"The generate_cohort action {Quoted.Text(action.Name)} has outputs in {which}; it writes to exactly one.",
            "Put its outputs into one folder, or say which with --output-dir.");
    }
}
