using JobServer.Contracts.V1;
using JobServer.Outputs.Disclosure;

namespace JobServer.RunnerAgent.Workspaces;

/// <summary>One output of an attempt as the site keeps it. The size is in bytes.</summary>
internal sealed record SiteFile
{
    public required string Path { get; init; }

    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    public required PrivacyLevel Level { get; init; }

    public required OutputDisposition Disposition { get; init; }

    /// <summary>Why an excluded file stays.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What the disclosure rules found in a moderately sensitive file.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Name and version of the profile; empty for a file that was not checked.</summary>
    public string CheckedWith { get; init; } = "";
}
