using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>X05: generate-dataset says where it writes.</summary>
internal sealed class DatasetSaysOutput : ActionRule
{
    public override string Id => "X05";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (!draft.IsStrict || !ExtractCommands.IsGenerateDataset(action.RunText) || action.Words is null) return;
        if (!string.IsNullOrEmpty(ExtractCommands.Option(action.Words, "--output"))) return;
        problems.Error(
            Id, action.RunPlace, $"The generate-dataset action {Quoted.Text(action.Name)} has no --output.",
            "Add --output with the path that stands under highly_sensitive.");
    }
}
