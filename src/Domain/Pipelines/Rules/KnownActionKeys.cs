using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P09: Only known keys in an action.</summary>
internal sealed class KnownActionKeys : ActionRule
{
    public override string Id => "P09";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        foreach (var entry in action.Body?.Entries ?? [])
        {
            if (entry.Key is { IsText: true, Text: "run" or "outputs" or "needs" or "config" or "dummy_data_file" }) continue;
            problems.ErrorOrWarning(
                draft.IsStrict, Id, entry.Key,
                $"The key {Quoted.Text(entry.Key.Text)} is not known in action {Quoted.Text(action.Name)}.",
                "Only run, needs, outputs, config and dummy_data_file may stand here; check the spelling and the indentation.");
        }
    }
}
