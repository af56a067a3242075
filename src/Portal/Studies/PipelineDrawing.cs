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
    public static PipelineDrawing? Of(Pipeline pipeline)
    {
        var actions = pipeline.AllActions.ToList();
        if (actions.Count is < 2 or > MostBoxes)
            return null;

        var columns = Columns(pipeline, actions);
        var rows = columns.Max(column => column.Count);
        var boxes = new Dictionary<string, PipelineBox>(StringComparer.Ordinal);
        for (var column = 0; column < columns.Count; column++)
        {
            // Short columns are centred beside the longest.
            var top = Margin + ((rows - columns[column].Count) * (BoxHeight + RowGap) / 2);
            for (var row = 0; row < columns[column].Count; row++)
            {
                var action = columns[column][row];
                boxes[action.Name] = new PipelineBox(
                    action.Name, Margin + (column * (BoxWidth + ColumnGap)), top + (row * (BoxHeight + RowGap)), action.UsesDatabase);
            }
        }

        var edges = actions.SelectMany(action => Needs(pipeline, action).Select(need => Edge(boxes[need.Name], boxes[action.Name]))).ToList();
        return new PipelineDrawing
        {
            Width = (2 * Margin) + (columns.Count * (BoxWidth + ColumnGap)) - ColumnGap,
            Height = (2 * Margin) + (rows * (BoxHeight + RowGap)) - RowGap,
            Boxes = [.. boxes.Values],
            Edges = edges,
            Description = $"Pipeline of {actions.Count} actions in {columns.Count} steps with {edges.Count} needs",
        };
    }

    private static List<List<PipelineAction>> Columns(Pipeline pipeline, List<PipelineAction> actions)
    {
        var columnOf = new Dictionary<string, int>(StringComparer.Ordinal);
        int ColumnOf(PipelineAction action)
        {
            if (!columnOf.TryGetValue(action.Name, out var column))
            {
                column = Needs(pipeline, action).Select(need => ColumnOf(need) + 1).DefaultIfEmpty(0).Max();
                columnOf[action.Name] = column;
            }

            return column;
        }

        var columns = actions.GroupBy(ColumnOf).OrderBy(column => column.Key).Select(column => column.ToList()).ToList();
        var place = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var column = 0; column < columns.Count; column++)
        {
            columns[column] = [.. columns[column].OrderBy(action => Needs(pipeline, action).Select(need => place[need.Name]).DefaultIfEmpty(0).Average())];
            for (var row = 0; row < columns[column].Count; row++)
                place[columns[column][row].Name] = row - (columns[column].Count / 2.0);
        }

        return columns;
    }

    private static IEnumerable<PipelineAction> Needs(Pipeline pipeline, PipelineAction action) =>
        action.Needs.Distinct(StringComparer.Ordinal).Select(pipeline.Find).OfType<PipelineAction>()
            .Where(need => need.Name != Pipeline.RunAll);

    private static string Edge(PipelineBox from, PipelineBox to)
    {
        var (startX, startY) = (from.X + BoxWidth, from.Y + (BoxHeight / 2));
        var (endX, endY) = (to.X, to.Y + (BoxHeight / 2));
        return $"M{startX} {startY}C{startX + (ColumnGap / 2)} {startY} {endX - (ColumnGap / 2)} {endY} {endX} {endY}" +
            $"m-6 -4l6 4l-6 4";
    }
}
