using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P01: Only known keys at the top.</summary>
internal sealed class KnownProjectKeys : IPipelineRule
{
    public string Id => "P01";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        foreach (var entry in draft.Body?.Entries ?? [])
        {
            if (!entry.Key.IsText || entry.Key.Text is "version" or "actions" or "expectations") continue;
            problems.ErrorOrWarning(
                draft.IsStrict, Id, entry.Key, $"The key {Quoted.Text(entry.Key.Text)} is not known at the top of the file.",
                "Only version, actions and expectations may stand here; check the spelling and the indentation.");
        }
    }
}
