using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P16: Only known privacy levels.</summary>
internal sealed class KnownPrivacyLevels : ActionRule
{
    public override string Id => "P16";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        foreach (var entry in (action.OutputsNode as YamlMap)?.Entries ?? [])
        {
            if (entry.Key.IsText && PrivacyLevels.Parse(entry.Key.Text) is not null) continue;
            problems.ErrorOrWarning(
                draft.IsStrict, Id, entry.Key,
                $"{Quoted.Text(entry.Key.Text)} is not a privacy level; the outputs under it are never kept.",
                "Write highly_sensitive, moderately_sensitive or minimally_sensitive, in small letters.");
        }
    }
}
