using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>E01: Version 3 has expectations (rules of 2026).</summary>
internal sealed class ExpectationsAreGiven : IPipelineRule
{
    public string Id => "E01";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        if (!draft.IsStrict || draft.Version is not 3 || !(draft.Expectations?.Value).IsAbsent()) return;
        problems.Error(
            Id, draft.Expectations?.Key ?? draft.Root, "Version 3 of the format needs \"expectations\".",
            "Add expectations: with population_size: 1000 under it.");
    }
}
