using JobServer.Domain.Pipelines;

namespace JobServer.Portal.Studies;

/// <summary>
/// A picture of a pipeline: an action stands one column right of the last one it needs; in a column, near the middle
/// of what it needs.
/// </summary>
internal sealed record PipelineDrawing
{
    public const int BoxWidth = 190;
    public const int BoxHeight = 38;
    private const int ColumnGap = 60;
    private const int RowGap = 18;
    private const int Margin = 12;

    /// <summary>A picture of more boxes helps nobody.</summary>
    private const int MostBoxes = 80;

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required IReadOnlyList<PipelineBox> Boxes { get; init; }

    /// <summary>Paths of SVG.</summary>
    public required IReadOnlyList<string> Edges { get; init; }

    /// <summary>What the picture is, for who does not see it.</summary>
    public required string Description { get; init; }

    /// <summary>Null where a picture would be trivial or too large.</summary>
    public static PipelineDrawing? Of(Pipeline pipeline) => Of(
        [.. pipeline.AllActions.Take(MostBoxes + 1).Select(action => new PipelineNode(action.Name, action.Needs, action.UsesDatabase))]);

    /// <summary>Null where a picture would be trivial or too large. Needs make no circle.</summary>
    public static PipelineDrawing? Of(IReadOnlyList<PipelineNode> nodes)
    {
        if (nodes.Count is < 2 or > MostBoxes)
            return null;

        var actions = Drawn(nodes);
        var columnOf = ColumnsOf(actions);
        var columns = Arrange(actions, columnOf);
        var rows = columns.Max(column => column.Count);
        var places = new Dictionary<(string Name, int Column), (int X, int Y)>();
        for (var column = 0; column < columns.Count; column++)
        {
            // Short columns are centred beside the longest.
            var top = Margin + ((rows - columns[column].Count) * (BoxHeight + RowGap) / 2);
            for (var row = 0; row < columns[column].Count; row++)
                places[(columns[column][row], column)] = (Margin + (column * (BoxWidth + ColumnGap)), top + (row * (BoxHeight + RowGap)));
        }

        var boxes = actions.Select(action => new PipelineBox(
            action.Name, places[(action.Name, columnOf[action.Name])].X, places[(action.Name, columnOf[action.Name])].Y, action.UsesDatabase)
        {
            Tone = action.Tone,
            State = action.State,
        });
        var edges = actions.SelectMany(action => action.Needs.Select(
            need => Edge(places, need, columnOf[need], action.Name, columnOf[action.Name]))).ToList();
        return new PipelineDrawing
        {
            Width = (2 * Margin) + (columns.Count * (BoxWidth + ColumnGap)) - ColumnGap,
            Height = (2 * Margin) + (rows * (BoxHeight + RowGap)) - RowGap,
            Boxes = [.. boxes],
            Edges = edges,
            Description = $"Pipeline of {actions.Count} actions in {columns.Count} steps with {edges.Count} needs",
        };
    }

    /// <summary>Each need once, and only what has a box itself.</summary>
    private static List<PipelineNode> Drawn(IReadOnlyList<PipelineNode> nodes)
    {
        var names = nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        return [.. nodes.Select(node => node with { Needs = [.. node.Needs.Where(names.Contains).Distinct(StringComparer.Ordinal)] })];
    }

    private static Dictionary<string, int> ColumnsOf(List<PipelineNode> actions)
    {
        var byName = actions.ToDictionary(action => action.Name, StringComparer.Ordinal);
        var columnOf = new Dictionary<string, int>(StringComparer.Ordinal);
        int ColumnOf(PipelineNode action)
        {
            if (!columnOf.TryGetValue(action.Name, out var column))
            {
                column = action.Needs.Select(need => ColumnOf(byName[need]) + 1).DefaultIfEmpty(0).Max();
                columnOf[action.Name] = column;
            }

            return column;
        }

        actions.ForEach(action => ColumnOf(action));
        return columnOf;
    }

    /// <summary>
    /// The names in each column, from above. An action that is needed further right keeps a free row in the columns
    /// between, for its arrows: they would pass behind boxes otherwise.
    /// </summary>
    private static List<List<string>> Arrange(List<PipelineNode> actions, Dictionary<string, int> columnOf)
    {
        var lastOf = new Dictionary<string, int>(columnOf, StringComparer.Ordinal);
        foreach (var action in actions)
        {
            foreach (var need in action.Needs)
                lastOf[need] = Math.Max(lastOf[need], columnOf[action.Name] - 1);
        }

        var columns = new List<List<string>>();
        var place = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var column = 0; column <= columnOf.Values.Max(); column++)
        {
            List<string> names = [.. actions.Where(action => columnOf[action.Name] <= column && column <= lastOf[action.Name])
                .OrderBy(action => columnOf[action.Name] < column
                    ? place[action.Name]
                    : action.Needs.Select(need => place[need]).DefaultIfEmpty(0).Average())
                .Select(action => action.Name)];
            for (var row = 0; row < names.Count; row++)
                place[names[row]] = row - (names.Count / 2.0);
            columns.Add(names);
        }

        return columns;
    }

    private static string Edge(Dictionary<(string Name, int Column), (int X, int Y)> places, string need, int from, string action, int to)
    {
        var (x, y) = places[(need, from)];
        var path = $"M{x + BoxWidth} {y + (BoxHeight / 2)}";
        for (var column = from + 1; column <= to; column++)
        {
            var (nextX, nextY) = places[(column == to ? action : need, column)];
            path += $"C{x + BoxWidth + (ColumnGap / 2)} {y + (BoxHeight / 2)} {nextX - (ColumnGap / 2)} {nextY + (BoxHeight / 2)} {nextX} {nextY + (BoxHeight / 2)}";
            path += column < to ? $"h{BoxWidth}" : "m-6 -4l6 4l-6 4";
            (x, y) = (nextX, nextY);
        }

        return path;
    }
}
