using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>A rule that judges each action by itself.</summary>
internal abstract class ActionRule : IPipelineRule
{
    public abstract string Id { get; }

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        foreach (var action in draft.Actions) Check(action, draft, problems);
    }

    protected abstract void Check(ActionDraft action, PipelineDraft draft, ProblemList problems);
}
