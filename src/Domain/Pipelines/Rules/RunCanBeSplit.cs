using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>R02: The quotes of run are closed.</summary>
internal sealed class RunCanBeSplit : ActionRule
{
    public override string Id => "R02";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (action.SplitError is null) return;
        problems.Error(
            Id, action.RunPlace, $"The run of action {Quoted.Text(action.Name)} {action.SplitError}.",
            "Close the quote; put an apostrophe inside double quotes, or write a backslash before it.");
    }
}
