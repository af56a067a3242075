using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>A rule that judges each output path by itself.</summary>
internal abstract class OutputRule : IPipelineRule
{
    public abstract string Id { get; }

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        foreach (var action in draft.Actions)
        {
            foreach (var output in action.Outputs) Check(output, draft, problems);
        }
    }

    protected abstract void Check(OutputDraft output, PipelineDraft draft, ProblemList problems);
}
