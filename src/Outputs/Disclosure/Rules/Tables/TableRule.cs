using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Tables;

/// <summary>A rule about what stands in a table; a file that is none has nothing for it.</summary>
internal abstract class TableRule : DisclosureRule
{
    internal sealed override void Check(OutputContent output, FindingList findings)
    {
        if (output.Table is { } table)
            Check(table, output.Profile, findings);
    }

    protected abstract void Check(Table table, DisclosureProfile profile, FindingList findings);
}
