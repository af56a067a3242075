using System.Globalization;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Drafts;

/// <summary>What can be made of a file before any rule has judged it.</summary>
internal sealed class PipelineDraft
{
    public required YamlNode Root { get; init; }

    public required PipelineDialect Dialect { get; init; }

    /// <summary>Null when the file is not a mapping.</summary>
    public YamlMap? Body => Root as YamlMap;

    public YamlEntry? VersionEntry { get; private init; }

    /// <summary>The version as a number; null when it is missing or not one.</summary>
    public double? Version { get; private init; }

    public YamlEntry? ActionsEntry { get; private init; }

    public YamlEntry? Expectations { get; private init; }

    public IReadOnlyList<ActionDraft> Actions { get; private init; } = [];

    /// <summary>The first action of each name.</summary>
    public required IReadOnlyDictionary<string, ActionDraft> ByName { get; init; }

    public bool IsStrict => Dialect == PipelineDialect.Opensafely;

    /// <summary>False when the version is unknown: then its own problem is enough.</summary>
    public bool IsAtLeast(double version) => Version >= version;

    public static PipelineDraft From(YamlNode root, PipelineDialect dialect)
    {
        var body = root as YamlMap;
        var version = body?.Find("version");
        var actionsEntry = body?.Find("actions");
        var actions = new List<ActionDraft>();
        var byName = new Dictionary<string, ActionDraft>(StringComparer.Ordinal);
        foreach (var entry in (actionsEntry?.Value as YamlMap)?.Entries ?? [])
        {
            var action = ActionDraft.From(entry);
            actions.Add(action);
            byName.TryAdd(action.Name, action);
        }

        return new PipelineDraft
        {
            Root = root,
            Dialect = dialect,
            VersionEntry = version,
            Version = VersionOf(version?.Value),
            ActionsEntry = actionsEntry,
            Expectations = body?.Find("expectations"),
            Actions = actions,
            ByName = byName,
        };
    }

    /// <summary>Only for a draft that no rule refused.</summary>
    public Pipeline ToPipeline() => new(Version!.Value, [.. Actions.Select(a => a.ToAction(Dialect))]);

    private static double? VersionOf(YamlNode? node)
    {
        if (node is not YamlScalar scalar) return null;
        switch (scalar.ScalarKind)
        {
            case YamlScalarKind.Integer or YamlScalarKind.Real:
                return YamlNumbers.Value(scalar);
            case YamlScalarKind.Boolean:
                return scalar.Text[0] is 't' or 'T' ? 1 : 0;
            case YamlScalarKind.Text:
                return NumberIn(scalar.Text.Trim());
            default:
                return null;
        }
    }

    private static double? NumberIn(string text)
    {
        if (text.Length is 0 or > 100) return null;
        if (text.TrimStart('+', '-').ToUpperInvariant() is "INF" or "INFINITY")
            return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        if (text.TrimStart('+', '-').Equals("nan", StringComparison.OrdinalIgnoreCase)) return double.NaN;
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(WithoutUnderscores(text), Styles, CultureInfo.InvariantCulture, out var number)
            && char.IsAsciiDigit(text.TrimStart('+', '-', '.').FirstOrDefault())
                ? number
                : null;
    }

    private static string WithoutUnderscores(string text) =>
        text.Contains("__", StringComparison.Ordinal) || text.EndsWith('_') ? text : text.Replace("_", "", StringComparison.Ordinal);
}
