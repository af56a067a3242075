namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>Keys are unique; merge keys are already merged.</summary>
internal sealed class YamlMap(int line, int column, IReadOnlyList<YamlEntry> entries) : YamlNode(line, column)
{
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    public override string Kind => "a mapping";

    public YamlEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key is { ScalarKind: YamlScalarKind.Text } k && string.Equals(k.Text, key, StringComparison.Ordinal))
                return entry;
        }

        return null;
    }
}
