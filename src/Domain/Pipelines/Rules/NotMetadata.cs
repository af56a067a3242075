using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>G06: The folder metadata is ours.</summary>
internal sealed class NotMetadata : OutputRule
{
    public override string Id => "G06";

    protected override void Check(OutputDraft output, PipelineDraft draft, ProblemList problems)
    {
        if (output.Pattern is not "metadata" && !output.Pattern.StartsWith("metadata/", StringComparison.Ordinal)) return;
        problems.Error(
            Id, output.At, $"The output path {Quoted.Text(output.Pattern)} is in the folder \"metadata\", which is reserved.",
            "Choose another folder, such as output.");
    }
}
