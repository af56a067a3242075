using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>E07: From version 4 on, there are no expectations (rules of 2026).</summary>
internal sealed class ExpectationsAreGone : IPipelineRule
{
    public string Id => "E07";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        if (!draft.IsStrict || !draft.IsAtLeast(4) || (draft.Expectations?.Value).IsAbsent()) return;
        problems.Error(
            Id, draft.Expectations!.Key, "Version 4 and later of the format have no \"expectations\".",
            "Remove the section; it only served cohortextractor.");
    }
}
