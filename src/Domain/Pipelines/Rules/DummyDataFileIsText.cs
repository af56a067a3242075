using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>P14: dummy_data_file is text.</summary>
internal sealed class DummyDataFileIsText : ActionRule
{
    public override string Id => "P14";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (action.DummyDataFile.IsAbsent() || action.DummyDataFile.IsText(out _) || action.DummyDataFile.HasForeignTag()) return;
        problems.Error(
            Id, action.DummyDataFile,
            $"The dummy_data_file of action {Quoted.Text(action.Name)} is {action.DummyDataFile.Kind}, not a path.",
            "Write the path of one file, in quotes if it looks like a number.");
    }
}
