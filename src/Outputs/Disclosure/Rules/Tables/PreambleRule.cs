using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Tables;

/// <summary>Notes above the header make programs take the wrong row for it.</summary>
internal sealed class PreambleRule : TableRule
{
    public override string Id => "C4";

    public override string Title => "Notes above the header";

    public override Severity Severity => Severity.Review;

    public override string Advice => "Put the notes into a text file beside the table, or into the context of the request.";

    protected override void Check(Table table, DisclosureProfile profile, FindingList findings)
    {
        if (table.HeaderRow > 1)
            findings.Add("there are rows above the header", 1);
    }
}
