namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>A value of the file with the place where it is written. Aliases share the node they point to.</summary>
internal abstract class YamlNode(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>How many values this one holds with every alias written out; never above a bound.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>What it is, for messages: "a list".</summary>
    public abstract string Kind { get; }
}
