using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>R05: No two actions have the same run.</summary>
internal sealed class RunIsUnique : IPipelineRule
{
    public string Id => "R05";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        var first = new Dictionary<string, ActionDraft>(StringComparer.Ordinal);
        foreach (var action in draft.Actions)
        {
            if (action.RunText is not { } run || first.TryAdd(run, action)) continue;
            problems.Error(
                Id, action.RunPlace,
                $"Action {Quoted.Text(action.Name)} has the same run as action {Quoted.Text(first[run].Name)} on line {first[run].Key.Line}.",
                "Remove one of the two, or give the command an argument that tells them apart.");
        }
    }
}
