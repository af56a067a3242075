using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>G01: Only forward slashes.</summary>
internal sealed class ForwardSlashes : OutputRule
{
    public override string Id => "G01";

    protected override void Check(OutputDraft output, PipelineDraft draft, ProblemList problems)
    {
        if (!output.Pattern.Contains('\\', StringComparison.Ordinal)) return;
        problems.Error(
            Id, output.At, $"The output path {Quoted.Text(output.Pattern)} contains a backslash.",
            "Separate folders with forward slashes (/).");
    }
}
