using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>G04: Files that may be released are of a kind that checkers can read (rules of 2026).</summary>
internal sealed class ReleasableExtension : OutputRule
{
    private static readonly string[] Allowed =
        [".csv", ".jpg", ".jpeg", ".png", ".svg", ".svgz", ".html", ".txt", ".log", ".json", ".md"];

    public override string Id => "G04";

    protected override void Check(OutputDraft output, PipelineDraft draft, ProblemList problems)
    {
        if (!draft.IsStrict || output.Level != PrivacyLevel.ModeratelySensitive) return;
        if (OutputPaths.Extension(output.Pattern) is not { Length: > 0 } extension || extension.EndsWith('*')) return;
        if (Allowed.Contains(extension)) return;
        problems.Error(
            Id, output.At, $"The output path {Quoted.Text(output.Pattern)} is not of a type allowed for moderately_sensitive outputs.",
            $"Use one of {string.Join(" ", Allowed)}, or keep the file as highly_sensitive.");
    }
}
