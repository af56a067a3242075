using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>X03: From version 4 on, there is no cohortextractor.</summary>
internal sealed class NoCohortExtractor : ActionRule
{
    public override string Id => "X03";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (!draft.IsStrict || !draft.IsAtLeast(4)) return;
        if (action.Words is not { Count: > 0 } words || !words[0].StartsWith("cohortextractor", StringComparison.Ordinal)) return;
        problems.Error(
            Id, action.RunPlace, $"Action {Quoted.Text(action.Name)} uses cohortextractor, which version 4 and later of the format do not support.",
            "Use ehrql, or write version: 3.");
    }
}
