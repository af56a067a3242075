using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P04: The version is not newer than the format; an older one works and is said.</summary>
internal sealed class VersionIsKnown : IPipelineRule
{
    internal const int Latest = 5;

    public string Id => "P04";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        if (draft.VersionEntry is not { } entry || draft.Version is not { } version) return;
        if (version > Latest)
        {
            problems.Error(
                Id, entry.Value, $"The version is {entry.Value.Shown()}, but the latest is {Latest}.",
                $"Write a number between 1 and {Latest}.");
        }
        else if (draft.IsStrict && version is not Latest)
        {
            problems.Warning(
                Id, entry.Value, $"The file uses version {entry.Value.Shown()} of the format; the latest is {Latest}.",
                $"It still works; a new study should use version {Latest}.");
        }
    }
}
