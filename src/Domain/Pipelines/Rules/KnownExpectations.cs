using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>E04: expectations has nothing else.</summary>
internal sealed class KnownExpectations : IPipelineRule
{
    public string Id => "E04";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        foreach (var entry in (ExpectationsScope.Judged(draft)?.Value as YamlMap)?.Entries ?? [])
        {
            if (entry.Key is { IsText: true, Text: "population_size" }) continue;
            problems.ErrorOrWarning(
                draft.IsStrict, Id, entry.Key, $"The key {Quoted.Text(entry.Key.Text)} is not known in expectations.",
                "Only population_size may stand here.");
        }
    }
}
