using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>Builds the tree from the parser's events (rules Y02, Y03, Y04, Y09).</summary>
internal sealed class YamlComposer(IParser parser, ContinuationIndentation? indentation, LineSeparators separators, ProblemList problems)
{
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);
    private readonly YamlMapBuilder _maps = new(problems);
    private int _nodes;

    /// <summary>Thrown to leave a tree that is too deep or too large; its problem is already added.</summary>
    private sealed class TooMuchException : Exception;

    public YamlNode? Document()
    {
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                problems.Error(
                    "Y06", 1, 1, "The file is empty.", "Start it with \"version:\" and \"actions:\".");
                return null;
            }

            parser.Consume<DocumentStart>();
            var root = Node(0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
            {
                var (line, column) = Place(second.Start);
                problems.Error(
                    "Y03", line, column, "The file holds a second document.",
                    "Keep everything in one document: remove the line \"---\" and join the parts.");
            }

            if (root.Weight > YamlLimits.MaxExpandedNodes) TooMuch(1, 1);
            return root;
        }
        catch (TooMuchException)
        {
            return null;
        }
    }

    private YamlNode Node(int depth, bool inFlow = false)
    {
        var at = parser.Current!;
        var (line, column) = Place(at.Start);
        if (depth > YamlLimits.MaxDepth)
        {
            problems.Error(
                "Y09", line, column, $"Values are nested more than {YamlLimits.MaxDepth} deep.",
                "A project.yaml needs about six levels; look for a bracket that is opened again and again.");
            throw new TooMuchException();
        }

        if (++_nodes > YamlLimits.MaxNodes) TooMuch(line, column);
        switch (at)
        {
            case AnchorAlias alias:
                parser.MoveNext();
                return Alias(alias, line, column);
            case Scalar { Style: ScalarStyle.Literal or ScalarStyle.Folded } when inFlow:
                throw new YamlException(at.Start, at.End, "A block of text cannot stand inside brackets");
            case Scalar scalar:
                parser.MoveNext();
                return Remember(scalar.Anchor, TypedScalar(scalar, line, column));
            case SequenceStart start:
                Open(start.Anchor);
                return Remember(start.Anchor, List(start, line, column, depth));
            case MappingStart start:
                Open(start.Anchor);
                return Remember(start.Anchor, Map(start, line, column, depth));
            default:
                throw new YamlException(at.Start, at.End, "A value was expected");
        }
    }

    private YamlScalar TypedScalar(Scalar scalar, int line, int column)
    {
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        var kind = tag switch
        {
            "" when scalar.Style == ScalarStyle.Plain => YamlScalarTypes.Of(scalar.Value),
            "" or "!" or "tag:yaml.org,2002:str" => YamlScalarKind.Text,
            _ => TaggedKind(tag, scalar.Value),
        };
        return new YamlScalar(line, column, separators.Restore(scalar.Value), kind) { IsPlain = scalar.Style == ScalarStyle.Plain };
    }

    private static YamlScalarKind TaggedKind(string tag, string text)
    {
        var natural = YamlScalarTypes.Of(text);
        var fits = (tag, natural) is ("tag:yaml.org,2002:int", YamlScalarKind.Integer)
            or ("tag:yaml.org,2002:float", YamlScalarKind.Integer or YamlScalarKind.Real)
            or ("tag:yaml.org,2002:bool", YamlScalarKind.Boolean)
            or ("tag:yaml.org,2002:null", _)
            or ("tag:yaml.org,2002:timestamp", YamlScalarKind.Date);
        if (!fits) return YamlScalarKind.Tagged;
        return tag switch
        {
            "tag:yaml.org,2002:null" => YamlScalarKind.Null,
            "tag:yaml.org,2002:float" => YamlScalarKind.Real,
            _ => natural,
        };
    }

    private YamlNode List(SequenceStart start, int line, int column, int depth)
    {
        parser.MoveNext();
        var items = new List<YamlNode>();
        var weight = 1;
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            var item = Node(depth + 1, start.Style == SequenceStyle.Flow);
            weight = Sum(weight, item.Weight);
            items.Add(item);
        }

        return IsForeign(start.Tag, "tag:yaml.org,2002:seq")
            ? new YamlTagged(line, column, start.Tag.Value)
            : new YamlList(line, column, items) { Weight = weight };
    }

    private YamlNode Map(MappingStart start, int line, int column, int depth)
    {
        parser.MoveNext();
        var pairs = new List<(YamlNode Key, YamlNode Value)>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(depth + 1, start.Style == MappingStyle.Flow);
            pairs.Add((key, Node(depth + 1, start.Style == MappingStyle.Flow)));
        }

        if (IsForeign(start.Tag, "tag:yaml.org,2002:map")) return new YamlTagged(line, column, start.Tag.Value);
        if (!_maps.TryBuild(line, column, pairs, out var map)) TooMuch(line, column);
        return map!;
    }

    private YamlNode Alias(AnchorAlias alias, int line, int column)
    {
        if (_anchors.TryGetValue(alias.Value.Value, out var node) && node is not null) return node;
        var known = _anchors.ContainsKey(alias.Value.Value);
        problems.Error(
            "Y04", line, column,
            $"The alias {Quoted.Text("*" + alias.Value.Value)} {(known ? "stands inside the value it points to" : "has no anchor before it")}.",
            known
                ? "Take the alias out of its own value."
                : "Define the anchor with \"&\" before its first use, or put the text in quotes if no alias was meant.");
        return new YamlTagged(line, column, "*" + alias.Value.Value);
    }

    private void Open(AnchorName anchor)
    {
        if (!anchor.IsEmpty) _anchors[anchor.Value] = null;
    }

    private YamlNode Remember(AnchorName anchor, YamlNode node)
    {
        if (!anchor.IsEmpty) _anchors[anchor.Value] = node;
        return node;
    }

    private static bool IsForeign(TagName tag, string own) =>
        !tag.IsEmpty && tag.Value is not "!" && !string.Equals(tag.Value, own, StringComparison.Ordinal);

    private static int Sum(int a, int b) => (int)Math.Min((long)a + b, int.MaxValue);

    private (int Line, int Column) Place(Mark mark)
    {
        var line = (int)mark.Line;
        var column = (int)mark.Column;
        return (line, indentation?.ColumnInFile(line, column) ?? column);
    }

    private void TooMuch(int line, int column)
    {
        problems.Error(
            "Y09", line, column, "The file holds too many values, or its aliases repeat too many.",
            "Split the study into several projects, or write fewer aliases of aliases.");
        throw new TooMuchException();
    }
}
