using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>R01: run has a command.</summary>
internal sealed class RunIsNotEmpty : ActionRule
{
    public override string Id => "R01";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (action.RunText is null || action.SplitError is not null) return;
        if (action.RunText.AsSpan().IndexOfAnyExcept(" \t\r\n#") >= 0) return;
        problems.Error(
            Id, action.RunPlace, $"The run of action {Quoted.Text(action.Name)} holds no command.",
            "Write an image with its version and a command, as in run: python:v2 python analysis/script.py.");
    }
}
