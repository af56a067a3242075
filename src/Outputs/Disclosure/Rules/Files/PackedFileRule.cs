using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Files;

/// <summary>Archives, data frames and models can hold any number of people's records.</summary>
internal sealed class PackedFileRule : DisclosureRule
{
    private static readonly HashSet<string> Extensions = new(StringComparer.Ordinal)
    {
        ".zip", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar", ".tgz", ".rds", ".rda", ".rdata", ".pkl", ".pickle", ".dta", ".sav", ".sas7bdat",
        ".parquet", ".feather", ".arrow", ".onnx", ".pt", ".pth", ".joblib", ".h5", ".hdf5", ".npy", ".npz", ".db", ".sqlite", ".xls", ".xlsx", ".docx",
        ".pptx", ".pdf", ".exe", ".dll", ".so", ".jar", ".gph", ".rmd",
    };

    public override string Id => "F4";

    public override string Title => "Archive, data frame or model";

    public override Severity Severity => Severity.Block;

    public override string Advice => "Release the tables and figures that you need from it instead; a model or data frame stays at the site.";

    internal override void Check(OutputContent output, FindingList findings)
    {
        if (Extensions.Contains(output.Path.Extension))
            findings.Add($"a file of type {output.Path.Extension} can hold records that no check sees");
        else if (output.Path.Extension != ".svgz" && output.Bytes is { } bytes && IsPacked(bytes))
            findings.Add("the content is an archive, a data frame or a program");
    }

    private static bool IsPacked(byte[] bytes) => bytes
        is [(byte)'P', (byte)'K', 3 or 5 or 7, ..]
        or [0x1F, 0x8B, ..]
        or [(byte)'B', (byte)'Z', (byte)'h', ..]
        or [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..]
        or [0x28, 0xB5, 0x2F, 0xFD, ..]
        or [(byte)'7', (byte)'z', 0xBC, 0xAF, ..]
        or [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..]
        or [(byte)'R', (byte)'D', (byte)'X', (byte)'2' or (byte)'3', ..]
        or [(byte)'S', (byte)'Q', (byte)'L', (byte)'i', (byte)'t', (byte)'e', ..]
        or [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..]
        or [0x7F, (byte)'E', (byte)'L', (byte)'F', ..]
        or [(byte)'M', (byte)'Z', .., _] and [_, _, 0x90, 0, ..]
        or [0x80, 2 or 3 or 4 or 5, (byte)'c' or (byte)'}' or (byte)']' or 0x95, ..];
}
