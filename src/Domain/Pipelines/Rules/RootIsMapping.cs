using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>Y06: The file is a mapping whose keys are text.</summary>
internal sealed class RootIsMapping : IPipelineRule
{
    public string Id => "Y06";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        if (draft.Body is null)
        {
            problems.Error(
                Id, draft.Root, $"The file holds {draft.Root.Kind} where the keys \"version\" and \"actions\" should stand.",
                "Start the file with \"version:\" and \"actions:\".");
            return;
        }

        foreach (var entry in draft.Body.Entries)
        {
            if (!entry.Key.IsText)
            {
                problems.Error(
                    Id, entry.Key, $"The key {entry.Key.Shown()} is {entry.Key.Kind}, not a name.",
                    "Only version, actions and expectations may stand here.");
            }
        }
    }
}
