namespace JobServer.Outputs.Disclosure.Rules.Documents;

/// <summary>Whoever judges a figure needs the numbers that it was drawn from.</summary>
internal sealed class PictureDataRule : SurroundingsRule
{
    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".svgz"];
    private static readonly string[] Tables = [".csv", ".tsv"];

    public override string Id => "G1";

    public override string Title => "Numbers behind a picture";

    public override Severity Severity => Severity.Fail;

    public override string Advice => "Ask for the table with the counts behind the picture together with it.";

    internal override void Check(WorkspacePath path, Lazy<string?> digest, CheckSurroundings surroundings, FindingList findings)
    {
        // A file looked at alone has no others that it could lack.
        if (surroundings.Paths.Count > 0 && Pictures.Contains(path.Extension) && !surroundings.Paths.Any(IsTable))
            findings.Add("no table with the numbers behind the picture is among the files");
    }

    private static bool IsTable(string path) => Tables.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}
