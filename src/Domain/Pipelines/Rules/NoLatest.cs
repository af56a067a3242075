using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>R04: From version 5 on, latest is not a version.</summary>
internal sealed class NoLatest : ActionRule
{
    public override string Id => "R04";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (!draft.IsStrict || !draft.IsAtLeast(5)) return;
        if (action.Words is not { Count: > 0 } words || !words[0].EndsWith(":latest", StringComparison.Ordinal)) return;
        problems.Error(
            Id, action.RunPlace, $"Action {Quoted.Text(action.Name)} uses {Quoted.Text(words[0])}.",
            "Name a version, as in python:v2, so that results can be made again.");
    }
}
