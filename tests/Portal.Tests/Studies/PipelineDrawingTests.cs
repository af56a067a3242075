using System.Text;
using System.Text.RegularExpressions;
using JobServer.Domain.Pipelines;
using JobServer.Portal.Studies;

namespace JobServer.Portal.Tests.Studies;

public sealed partial class PipelineDrawingTests
{
    [Fact]
    public void An_arrow_over_several_columns_passes_beside_the_boxes_between()
    {
        var drawing = PipelineDrawing.Of(Read(("extract", ""), ("clean", "extract"), ("model", "clean"), ("plot", "extract, model")))!;

        var boxes = drawing.Boxes;
        Assert.Equal(4, boxes.Select(box => box.X).Distinct().Count());
        Assert.Equal(4, drawing.Edges.Count);
        var straights = drawing.Edges.SelectMany(edge => Straight().Matches(edge))
            .Select(match => (X: int.Parse(match.Groups["x"].Value), Y: int.Parse(match.Groups["y"].Value))).ToList();
        Assert.Equal(2, straights.Count);
        Assert.All(straights, straight => Assert.DoesNotContain(
            boxes, box => box.X == straight.X && straight.Y >= box.Y && straight.Y <= box.Y + PipelineDrawing.BoxHeight));
    }

    [Fact]
    public void Every_box_lies_inside_the_picture_and_on_no_other()
    {
        var drawing = PipelineDrawing.Of(Read(("a", ""), ("b", ""), ("c", "a, b"), ("d", "c"), ("e", "a, d"), ("f", "b, e")))!;

        Assert.Equal(drawing.Boxes.Count, drawing.Boxes.Select(box => (box.X, box.Y)).Distinct().Count());
        Assert.All(drawing.Boxes, box => Assert.InRange(box.X, 0, drawing.Width - PipelineDrawing.BoxWidth));
        Assert.All(drawing.Boxes, box => Assert.InRange(box.Y, 0, drawing.Height - PipelineDrawing.BoxHeight));
    }

    private static Pipeline Read(params (string Name, string Needs)[] actions)
    {
        var text = new StringBuilder("version: '3.0'\nactions:\n");
        foreach (var (name, needs) in actions)
        {
            text.Append("  ").Append(name).Append(":\n    run: python:v2 python analysis/").Append(name).Append(".py\n    needs: [").Append(needs)
                .Append("]\n    outputs:\n      moderately_sensitive:\n        table: output/").Append(name).Append(".csv\n");
        }

        return PipelineReader.Read(Encoding.UTF8.GetBytes(text.ToString()), PipelineDialect.Medicia).Pipeline!;
    }

    /// <summary>A part of an arrow that crosses a whole column, and where it begins.</summary>
    [GeneratedRegex(@" (?<x>\d+) (?<y>\d+)h\d+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Straight();
}
