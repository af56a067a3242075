namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>What a file may cost. The largest known study has 2,191 actions in 1.0 MB, about 30,000 values.</summary>
internal static class YamlLimits
{
    public const int MaxBytes = 8 * 1024 * 1024;
    public const int MaxDepth = 100;
    public const int MaxNodes = 1_000_000;

    /// <summary>Values counted as often as aliases and merges repeat them.</summary>
    public const int MaxExpandedNodes = 2_000_000;
}
