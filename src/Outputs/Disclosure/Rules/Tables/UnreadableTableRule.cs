using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Tables;

/// <summary>What cannot be read cannot be checked.</summary>
internal sealed class UnreadableTableRule : DisclosureRule
{
    public override string Id => "C0";

    public override string Title => "Readable table";

    public override Severity Severity => Severity.Block;

    public override string Advice => "Write the table with a CSV library: one header, rows of the same length, text with commas or line breaks in quotes.";

    internal override void Check(OutputContent output, FindingList findings)
    {
        if (output.TableProblem is { } problem)
            findings.Add(problem);
    }
}
