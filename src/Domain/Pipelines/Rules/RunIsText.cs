using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P11: run is text.</summary>
internal sealed class RunIsText : ActionRule
{
    public override string Id => "P11";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (action.Run is null || action.RunText is not null || action.Run.HasForeignTag()) return;
        problems.Error(
            Id, action.Run, $"The run of action {Quoted.Text(action.Name)} is {action.Run.Kind}, not text.",
            "Write the command on the line of run:, in quotes if it holds a colon followed by a blank.");
    }
}
