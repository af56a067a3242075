using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Files;

/// <summary>What was released before needs no second look.</summary>
internal sealed class DuplicateRule : DisclosureRule
{
    public override string Id => "F7";

    public override string Title => "Same as a released file";

    public override Severity Severity => Severity.Information;

    public override string Advice => "Nothing to do: leave it out if the release that has it is enough.";

    internal override void Check(OutputContent output, FindingList findings)
    {
        if (output.Surroundings.ReleasedDigests.Count > 0 && output.Digest is { } digest && output.Surroundings.ReleasedDigests.Contains(digest))
            findings.Add("a file with exactly this content was released before");
    }
}
