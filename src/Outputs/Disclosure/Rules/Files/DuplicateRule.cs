namespace JobServer.Outputs.Disclosure.Rules.Files;

/// <summary>What was released before needs no second look.</summary>
internal sealed class DuplicateRule : SurroundingsRule
{
    public override string Id => "F7";

    public override string Title => "Same as a released file";

    public override Severity Severity => Severity.Information;

    public override string Advice => "Nothing to do: leave it out if the release that has it is enough.";

    internal override void Check(WorkspacePath path, Lazy<string?> digest, CheckSurroundings surroundings, FindingList findings)
    {
        if (surroundings.ReleasedDigests.Count > 0 && digest.Value is { } own && surroundings.ReleasedDigests.Contains(own))
            findings.Add("a file with exactly this content was released before");
    }
}
