using JobServer.Outputs.Disclosure;

namespace JobServer.Outputs.Tests.Disclosure;

/// <summary>A file for one rule.</summary>
internal sealed record DisclosureFixture
{
    /// <summary>Rule, good or bad, and what it is about: <c>N1/bad-9.csv</c>.</summary>
    public required string Name { get; init; }

    public required string Path { get; init; }

    public required byte[] Content { get; init; }

    /// <summary>In bytes; another one than the content's stands for a file too large to be kept here.</summary>
    public long? Size { get; init; }

    public CheckSurroundings Surroundings { get; init; } = new() { ReleasedDigests = new HashSet<string> { Released } };

    /// <summary>Of F7/bad.csv.</summary>
    private const string Released = "f97e850cace7ec0f8b96083b9e99cb7d4e70546ee7cb0cfb933c147960c21055";

    public string Rule => Name[..Name.IndexOf('/', StringComparison.Ordinal)];

    public bool IsGood => Name.Contains("/good", StringComparison.Ordinal);

    public static DisclosureFixture FromFile(string name, byte[] content) => new()
    {
        Name = name,
        Path = "output/" + System.IO.Path.GetFileName(name),
        Content = content,
    };

    public CheckResult Check()
    {
        Assert.Null(WorkspacePath.Parse(Path, out var path));

        // Rounding to a middle of six is not for the strict profile.
        var profile = Rule == "N4" ? DisclosureProfiles.Find("opensafely") : DisclosureProfiles.Strict;
        return DisclosureCheck.Run(path, Size ?? Content.Length, () => new MemoryStream(Content), profile, Surroundings);
    }
}
