using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P08: An action has run and outputs.</summary>
internal sealed class ActionIsComplete : ActionRule
{
    public override string Id => "P08";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (action.Body is null) return;
        if (action.Run is null) Missing(action, "run", "run: python:v2 python analysis/script.py", problems);
        if (action.OutputsNode is null) Missing(action, "outputs", "outputs: with a privacy level and a path under it", problems);
    }

    private void Missing(ActionDraft action, string key, string example, ProblemList problems)
    {
        problems.Error(
            Id, action.Key, $"Action {Quoted.Text(action.Name)} has no {key}.", $"Add {example}.");
    }
}
