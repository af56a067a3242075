using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>G09: A path stays in the workspace.</summary>
internal sealed class PathStaysInside : OutputRule
{
    public override string Id => "G09";

    protected override void Check(OutputDraft output, PipelineDraft draft, ProblemList problems)
    {
        var normal = OutputPaths.Normal(output.Pattern);
        if (normal is not ".." && !normal.StartsWith("../", StringComparison.Ordinal)) return;
        problems.Error(
            Id, output.At, $"The output path {Quoted.Text(output.Pattern)} leaves the workspace.",
            "Write to a folder of the study, such as output; nothing outside it is kept.");
    }
}
