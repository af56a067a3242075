using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Files;

/// <summary>Nobody can judge a file that nobody can read through.</summary>
internal sealed class SizeRule : DisclosureRule
{
    public override string Id => "F2";

    public override string Title => "Size of file";

    public override Severity Severity => Severity.Block;

    public override string Advice => "Aggregate further, or split the result into files by what they show.";

    internal override void Check(OutputContent output, FindingList findings)
    {
        if (output.Size > output.Profile.Limits.MaxBytes)
            findings.Add($"the file is {Megabytes(output.Size)} MiB; at most {Megabytes(output.Profile.Limits.MaxBytes)} MiB may leave the site");
    }

    private static string Megabytes(long size) => (Math.Ceiling(size / 1024.0 / 1024.0 * 10) / 10).ToString("0.#");
}
