namespace JobServer.Domain.Pipelines;

/// <summary>What came of reading an action.yaml.</summary>
public sealed record ReusableActionReading
{
    /// <summary>What is wrong, as the end of a sentence; null when it can be used. May quote the file.</summary>
    public string? Error { get; init; }

    public string Image { get; init; } = "";

    public string ImageVersion { get; init; } = "";

    /// <summary>The words after the image.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
