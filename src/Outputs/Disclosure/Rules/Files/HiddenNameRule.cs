using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Files;

/// <summary>Files that programs leave behind were not meant as results.</summary>
internal sealed class HiddenNameRule : DisclosureRule
{
    private static readonly string[] Leftovers = ["__MACOSX", "Thumbs.db", "desktop.ini"];
    private static readonly string[] LeftoverEndings = ["~", ".tmp", ".swp", ".bak"];

    public override string Id => "F3";

    public override string Title => "Hidden or temporary file";

    public override Severity Severity => Severity.Block;

    public override string Advice => "Narrow the pattern in project.yaml so that it names the results alone, or give the file another name.";

    internal override void Check(OutputContent output, FindingList findings)
    {
        if (output.Path.Value.Split('/').Any(IsLeftover))
            findings.Add("the name is one of a hidden or temporary file");
    }

    private static bool IsLeftover(string part) =>
        part.StartsWith('.') || part.StartsWith('~')
        || Leftovers.Contains(part, StringComparer.OrdinalIgnoreCase)
        || LeftoverEndings.Any(ending => part.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
