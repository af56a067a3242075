using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P03: The version is a number.</summary>
internal sealed class VersionIsNumber : IPipelineRule
{
    public string Id => "P03";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        if (draft.VersionEntry is not { } entry || entry.Value.IsAbsent() || draft.Version is not null) return;
        problems.Error(
            Id, entry.Value, $"The version is {entry.Value.Shown()}, which is not a number.",
            $"Write a number between 1 and {VersionIsKnown.Latest}, such as \"3.0\".");
    }
}
