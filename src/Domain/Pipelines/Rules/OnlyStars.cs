using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>G02: Only * is a wildcard.</summary>
internal sealed class OnlyStars : OutputRule
{
    public override string Id => "G02";

    protected override void Check(OutputDraft output, PipelineDraft draft, ProblemList problems)
    {
        var pattern = output.Pattern;
        var found = pattern.Contains("**", StringComparison.Ordinal) ? "**"
            : pattern.Contains('?', StringComparison.Ordinal) ? "?"
            : pattern.Contains('[', StringComparison.Ordinal) ? "["
            : null;
        if (found is null) return;
        problems.Error(
            Id, output.At, $"The output path {Quoted.Text(pattern)} contains {Quoted.Text(found)}.",
            "Only a single * is a wildcard; it stands for any characters but /.");
    }
}
