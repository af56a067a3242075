namespace JobServer.Outputs.Disclosure;

/// <summary>What is known around a file: rules that need it find nothing without.</summary>
public sealed record CheckSurroundings
{
    public static CheckSurroundings None { get; } = new();

    /// <summary>Paths of all files that go together, this one's among them.</summary>
    public IReadOnlyCollection<string> Paths { get; init; } = [];

    /// <summary>SHA-256 of files that were released before, lower-case hexadecimal.</summary>
    public IReadOnlySet<string> ReleasedDigests { get; init; } = new HashSet<string>();
}
