using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>E02: expectations is a mapping.</summary>
internal sealed class ExpectationsIsMapping : IPipelineRule
{
    public string Id => "E02";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        if (ExpectationsScope.Judged(draft) is not { } entry || entry.Value is YamlMap) return;
        problems.Error(
            Id, entry.Key, $"\"expectations\" is {entry.Value.Kind}, not a mapping.",
            "Write population_size: 1000 under it, or remove the line where the version allows.");
    }
}
