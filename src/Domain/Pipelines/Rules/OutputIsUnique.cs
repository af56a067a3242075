using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>U01: From version 2 on, no two outputs have the same path.</summary>
internal sealed class OutputIsUnique : IPipelineRule
{
    public string Id => "U01";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        if (!draft.IsAtLeast(2)) return;
        var first = new Dictionary<string, (ActionDraft Action, OutputDraft Output)>(StringComparer.Ordinal);
        foreach (var action in draft.Actions)
        {
            foreach (var output in action.Outputs)
            {
                if (first.TryAdd(output.Pattern, (action, output))) continue;
                var (otherAction, other) = first[output.Pattern];
                problems.Error(
                    Id, output.At,
                    $"The output path {Quoted.Text(output.Pattern)} is already an output of action {Quoted.Text(otherAction.Name)} on line {other.At.Line}.",
                    "Give every output a path of its own, or remove one of the two.");
            }
        }
    }
}
