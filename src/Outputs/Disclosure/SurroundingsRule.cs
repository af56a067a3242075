using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure;

/// <summary>A rule about a file among others: it needs names and digests and no content.</summary>
internal abstract class SurroundingsRule : DisclosureRule
{
    internal sealed override void Check(OutputContent output, FindingList findings) =>
        Check(output.Path, new Lazy<string?>(() => output.Digest), output.Surroundings, findings);

    /// <param name="path">The file's.</param>
    /// <param name="digest">SHA-256, lower-case hexadecimal; null for a file that is too large to be read.</param>
    /// <param name="surroundings">What is known of the others.</param>
    /// <param name="findings">Where to put what is found.</param>
    internal abstract void Check(WorkspacePath path, Lazy<string?> digest, CheckSurroundings surroundings, FindingList findings);
}
