using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>G03: A path ends in a file extension (rules of 2026).</summary>
internal sealed class PathHasExtension : OutputRule
{
    public override string Id => "G03";

    protected override void Check(OutputDraft output, PipelineDraft draft, ProblemList problems)
    {
        if (!draft.IsStrict || OutputPaths.Extension(output.Pattern) is { Length: > 0 } extension && !extension.EndsWith('*')) return;
        problems.Error(
            Id, output.At, $"The output path {Quoted.Text(output.Pattern)} does not end in a file extension.",
            "End it in one, such as .csv; a wildcard may stand before it, as in output/*.csv.");
    }
}
