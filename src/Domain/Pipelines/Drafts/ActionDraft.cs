using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Drafts;

/// <summary>What can be made of an action; parts of the wrong type are left out and are the business of the rules.</summary>
internal sealed class ActionDraft
{
    public required string Name { get; init; }

    public required YamlScalar Key { get; init; }

    public required YamlNode Value { get; init; }

    /// <summary>Null when the action is not a mapping.</summary>
    public YamlMap? Body => Value as YamlMap;

    public YamlNode? Run { get; private init; }

    public YamlNode? OutputsNode { get; private init; }

    public YamlNode? NeedsNode { get; private init; }

    public YamlNode? Config { get; private init; }

    public YamlNode? DummyDataFile { get; private init; }

    /// <summary>The text of `run`, or null.</summary>
    public string? RunText { get; private init; }

    /// <summary>The words of `run`, or null when there are none or they cannot be split.</summary>
    public IReadOnlyList<string>? Words { get; private init; }

    /// <summary>Why <see cref="RunText"/> cannot be split, or null.</summary>
    public string? SplitError { get; private init; }

    public IReadOnlyList<LevelDraft> Levels { get; private init; } = [];

    public IReadOnlyList<OutputDraft> Outputs { get; private init; } = [];

    public IReadOnlyList<NeedDraft> Needs { get; private init; } = [];

    /// <summary>The first word of `run` up to its first colon, or null.</summary>
    public string? Image { get; private init; }

    /// <summary>The first word of `run` after its first colon, or null.</summary>
    public string? ImageVersion { get; private init; }

    /// <summary>Where problems of `run` are shown.</summary>
    public YamlNode RunPlace => Run ?? Key;

    public static ActionDraft From(YamlEntry entry)
    {
        var body = entry.Value as YamlMap;
        var run = body?.Find("run")?.Value;
        IReadOnlyList<string>? words = null;
        string? splitError = null;
        if (run.IsText(out var text)) ShellWords.TrySplit(text, out words, out splitError);
        var outputs = body?.Find("outputs")?.Value;
        var levels = LevelsOf(outputs as YamlMap);
        var needs = body?.Find("needs")?.Value;
        var first = words is { Count: > 0 } ? words[0] : null;
        var colon = first?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return new ActionDraft
        {
            Name = entry.Key.Name,
            Key = entry.Key,
            Value = entry.Value,
            Run = run,
            OutputsNode = outputs,
            NeedsNode = needs,
            Config = body?.Find("config")?.Value,
            DummyDataFile = body?.Find("dummy_data_file")?.Value,
            RunText = text,
            Words = words,
            SplitError = splitError,
            Levels = levels,
            Outputs = OutputsOf(levels),
            Needs = needs is YamlList list ? NeedsOf(list) : [],
            Image = colon < 0 ? first : first![..colon],
            ImageVersion = colon < 0 ? null : first![(colon + 1)..],
        };
    }

    /// <summary>Only for a draft that no rule refused.</summary>
    public PipelineAction ToAction(PipelineDialect dialect)
    {
        var config = Config is YamlMap { Entries.Count: > 0 } map ? ConfigJson.Write(map) : null;
        var words = Words!.Skip(1);
        return new PipelineAction
        {
            Name = Name,
            Image = Image!,
            ImageVersion = ImageVersion!,
            Arguments = config is null ? [.. words] : [.. words, "--config", config],
            ConfigJson = config,
            DummyDataFile = DummyDataFile.IsText(out var file) ? file : null,
            Needs = [.. Needs.Select(n => n.Name)],
            Outputs = [.. Outputs.Select(o => new PipelineOutput(o.Level, o.Id, o.Pattern))],
            UsesDatabase = DatabaseActions.Includes(dialect, Image!, Words!.Count > 1 ? Words[1] : null),
            Line = Key.Line,
        };
    }

    private static List<LevelDraft> LevelsOf(YamlMap? outputs)
    {
        var levels = new List<LevelDraft>();
        foreach (var level in PrivacyLevels.All)
        {
            if (outputs?.Find(PrivacyLevels.NameOf(level)) is { } entry && !entry.Value.IsAbsent())
                levels.Add(new LevelDraft(level, entry.Key, entry.Value));
        }

        return levels;
    }

    private static List<OutputDraft> OutputsOf(List<LevelDraft> levels)
    {
        var outputs = new List<OutputDraft>();
        foreach (var level in levels)
        {
            foreach (var entry in (level.Value as YamlMap)?.Entries ?? [])
            {
                if (entry.Value.IsText(out var pattern))
                    outputs.Add(new OutputDraft(level.Level, entry.Key.Name, pattern, entry.Value));
            }
        }

        return outputs;
    }

    private static List<NeedDraft> NeedsOf(YamlList list)
    {
        var needs = new List<NeedDraft>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (item is YamlScalar { ScalarKind: not (YamlScalarKind.Null or YamlScalarKind.Tagged) } scalar)
                needs.Add(new NeedDraft(scalar.Name, scalar));
        }

        return needs;
    }
}
