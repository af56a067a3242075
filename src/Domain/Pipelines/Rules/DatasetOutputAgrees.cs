using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>X06: --output of generate-dataset is what outputs says.</summary>
internal sealed class DatasetOutputAgrees : ActionRule
{
    public override string Id => "X06";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (!draft.IsStrict || !ExtractCommands.IsGenerateDataset(action.RunText) || action.Words is null) return;
        if (ExtractCommands.Option(action.Words, "--output") is not { Length: > 0 } written) return;
        var patterns = action.Outputs.Where(o => o.Level == PrivacyLevel.HighlySensitive).Select(o => o.Pattern).ToList();
        if (Agrees(written, action.Outputs, patterns)) return;
        problems.Error(
            Id, action.OutputsNode ?? action.Key,
            $"Action {Quoted.Text(action.Name)} writes to {Quoted.Text(written)}, but its outputs are {(patterns.Count == 0 ? "none" : Quoted.List(patterns))}.",
            "Give the same path in --output and under highly_sensitive.");
    }

    private static bool Agrees(string written, IReadOnlyList<OutputDraft> all, List<string> highlySensitive)
    {
        var colon = written.LastIndexOf(':');
        if (colon < 0) return all.Any(o => string.Equals(o.Pattern, written, StringComparison.Ordinal));
        var pattern = written[..colon].TrimEnd('/') + "/*." + written[(colon + 1)..];
        return highlySensitive.Count > 0 && highlySensitive.TrueForAll(p => Wildcards.Matches(pattern, p));
    }
}
