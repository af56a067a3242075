using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>G05: A path is written in its shortest form.</summary>
internal sealed class PathIsNormal : OutputRule
{
    public override string Id => "G05";

    protected override void Check(OutputDraft output, PipelineDraft draft, ProblemList problems)
    {
        var normal = OutputPaths.Normal(output.Pattern);
        if (string.Equals(normal, output.Pattern, StringComparison.Ordinal)) return;
        problems.Error(
            Id, output.At, $"The output path {Quoted.Text(output.Pattern)} is not in its shortest form.",
            normal == "." ? "Write the path of a file." : $"Write {Quoted.Text(normal)}: no \"./\", \"..\", \"//\" or \"/\" at the end.");
    }
}
