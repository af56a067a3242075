using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>G07: A path is relative to the workspace.</summary>
internal sealed class PathIsRelative : OutputRule
{
    public override string Id => "G07";

    protected override void Check(OutputDraft output, PipelineDraft draft, ProblemList problems)
    {
        var path = output.Pattern;
        var hasDrive = path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && path[2] == '/';
        if (!hasDrive && !path.StartsWith('/')) return;
        problems.Error(
            Id, output.At, $"The output path {Quoted.Text(path)} is absolute.",
            "Write it relative to the study's folder, as in output/table.csv.");
    }
}
