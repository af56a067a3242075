using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Documents;

/// <summary>No rule of this version understands texts and pictures: what is uncertain is looked at and not passed.</summary>
internal sealed class UnreadRule : DisclosureRule
{
    public override string Id => "U1";

    public override string Title => "Content that no rule judges";

    public override Severity Severity => Severity.Fail;

    public override string Advice => "Say in the context what it shows and how many people stand behind the smallest number in it.";

    internal override void Check(OutputContent output, FindingList findings)
    {
        if (output.Size == 0)
            return;

        // Not even what would keep it at the site was looked for.
        if (output.Bytes is null && output.Size <= output.Profile.Limits.MaxBytes)
            findings.Add("the file is too large for the checks, so none of them read it");
        else if (output.Kind is not (ContentKind.Table or ContentKind.Unknown))
            findings.Add(output.Kind is ContentKind.RasterPicture or ContentKind.VectorPicture ? "a person must look at the picture" : "a person must read the text", severity: Severity.Review);
    }
}
