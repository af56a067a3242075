using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>When the content of `expectations` matters: in version 3 under the rules of 2026, from version 3 on under
/// those of 2022 if the section is there at all.</summary>
internal static class ExpectationsScope
{
    public static YamlEntry? Judged(PipelineDraft draft)
    {
        var entry = draft.Expectations;
        if (draft.IsStrict) return draft.Version is 3 && !(entry?.Value).IsAbsent() ? entry : null;
        return draft.IsAtLeast(3) ? entry : null;
    }
}
