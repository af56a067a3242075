using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P02: There is a version.</summary>
internal sealed class VersionIsGiven : IPipelineRule
{
    public string Id => "P02";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        if (draft.Body is null || !(draft.VersionEntry?.Value).IsAbsent()) return;
        problems.Error(
            Id, draft.VersionEntry?.Key ?? draft.Root, "The file does not say which version of the format it uses.",
            "Add a line such as version: \"3.0\" at the top.");
    }
}
