using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>E03: expectations has population_size.</summary>
internal sealed class PopulationSizeIsGiven : IPipelineRule
{
    public string Id => "E03";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        if (ExpectationsScope.Judged(draft)?.Value is not YamlMap map || map.Find("population_size") is not null) return;
        problems.Error(
            Id, draft.Expectations!.Key, "\"expectations\" has no population_size.", "Add population_size: 1000 under it.");
    }
}
