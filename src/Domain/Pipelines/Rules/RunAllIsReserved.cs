using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P06: No action is called run_all.</summary>
internal sealed class RunAllIsReserved : IPipelineRule
{
    public string Id => "P06";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        if (!draft.ByName.TryGetValue(Pipeline.RunAll, out var action)) return;
        problems.ErrorOrWarning(
            draft.IsStrict && draft.IsAtLeast(5), Id, action.Key,
            "An action is called \"run_all\", the word that asks for all actions.",
            "Give it another name; as it is, asking for run_all leaves it out.");
    }
}
