namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>Builds mappings: refuses duplicate keys (Y02), writes out merge keys.</summary>
internal sealed class YamlMapBuilder(ProblemList problems)
{
    private int _merged;

    /// <summary>False when merge keys have repeated too many entries.</summary>
    public bool TryBuild(int line, int column, List<(YamlNode Key, YamlNode Value)> pairs, out YamlMap? map)
    {
        map = null;
        var own = new List<YamlEntry>(pairs.Count);
        var seen = new Dictionary<string, YamlScalar>(pairs.Count, StringComparer.Ordinal);
        List<YamlEntry>? merged = null;
        foreach (var (keyNode, value) in pairs)
        {
            if (keyNode is not YamlScalar key)
            {
                problems.Error(
                    "Y08", keyNode, $"A key is {keyNode.Kind}.",
                    "Write a name before the colon; put it in quotes if it starts with a bracket.");
                continue;
            }

            if (!seen.TryAdd(key.Name, key))
            {
                problems.Error(
                    "Y02", key,
                    $"The key {Quoted.Text(key.Text)} is already there on line {seen[key.Name].Line}, column {seen[key.Name].Column}.",
                    "Rename or remove one of the two.");
                continue;
            }

            if (IsMerge(key)) merged = Merge(key, value);
            else own.Add(new YamlEntry(key, value));
            if (_merged > YamlLimits.MaxExpandedNodes) return false;
        }

        var entries = merged is null ? own : WithMerged(merged, own);
        long weight = 1;
        foreach (var entry in entries) weight += 1 + entry.Value.Weight;
        map = new YamlMap(line, column, entries) { Weight = (int)Math.Min(weight, int.MaxValue) };
        return true;
    }

    private static bool IsMerge(YamlScalar key) => key is { IsText: true, IsPlain: true, Text: "<<" };

    private static List<YamlEntry> WithMerged(List<YamlEntry> merged, List<YamlEntry> own)
    {
        // An overridden key keeps the place that the merge gave it.
        var overriding = own.ToDictionary(entry => entry.Key.Name, StringComparer.Ordinal);
        var entries = new List<YamlEntry>(merged.Count + own.Count);
        foreach (var entry in merged)
        {
            entries.Add(overriding.Remove(entry.Key.Name, out var newer) ? newer : entry);
        }

        entries.AddRange(own.Where(entry => overriding.ContainsKey(entry.Key.Name)));
        return entries;
    }

    private List<YamlEntry> Merge(YamlScalar key, YamlNode value)
    {
        // Of several sources the first wins, but the last gives the order.
        var entries = new OrderedDictionary<string, YamlEntry>(StringComparer.Ordinal);
        IReadOnlyList<YamlNode> sources = value is YamlList list ? list.Items : [value];
        foreach (var source in sources.Reverse())
        {
            if (source is not YamlMap map)
            {
                problems.Error(
                    "Y01", key, $"The merge key \"<<\" is given {source.Kind}.",
                    "Give it an alias of a mapping, such as \"<<: *defaults\".");
                continue;
            }

            _merged += map.Entries.Count;
            if (_merged > YamlLimits.MaxExpandedNodes) break;
            foreach (var entry in map.Entries)
            {
                entries[entry.Key.Name] = entry;
            }
        }

        return [.. entries.Values];
    }
}
