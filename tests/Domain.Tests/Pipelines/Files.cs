using System.Text;
using JobServer.Domain.Pipelines;
using Xunit;

namespace JobServer.Domain.Tests.Pipelines;

/// <summary>Small project.yaml files for tests.</summary>
internal static class Files
{
    public const string Valid = """
        version: "5.0"
        actions:
          extract:
            run: ehrql:v1 generate-dataset analysis/dataset.py --output output/dataset.csv.gz
            outputs:
              highly_sensitive:
                dataset: output/dataset.csv.gz
          model:
            run: r:v2 analysis/model.R --title 'it is "here"'
            needs: [extract]
            config:
              adjust: true
              weights: [1, 2.5]
            outputs:
              highly_sensitive:
                fit: output/fit.rds
              moderately_sensitive:
                table: output/table_*.csv
          report:
            run: python:v2 python analysis/report.py
            needs: [model, extract]
            outputs:
              moderately_sensitive:
                html: output/report.html
        """;

    public static PipelineReading Read(string text, PipelineDialect dialect = PipelineDialect.Opensafely) =>
        PipelineReader.Read(Encoding.UTF8.GetBytes(text), dialect);

    public static Pipeline Pipeline(string text, PipelineDialect dialect = PipelineDialect.Opensafely)
    {
        var reading = Read(text, dialect);
        Assert.True(reading.IsValid, string.Join('\n', reading.Problems));
        return reading.Pipeline!;
    }

    /// <summary>A valid pipeline from names and what they need: "a; b: a; c: a b".</summary>
    public static Pipeline Graph(string actions) => Pipeline(GraphText(actions));

    public static string GraphText(string actions)
    {
        var text = new StringBuilder("version: 5\nactions:\n");
        foreach (var action in actions.Split(';', StringSplitOptions.TrimEntries))
        {
            var parts = action.Split(':', StringSplitOptions.TrimEntries);
            var needs = parts.Length > 1 ? string.Join(", ", parts[1].Split(' ')) : "";
            text.Append($"  {parts[0]}:\n    run: python:v2 {parts[0]}\n    needs: [{needs}]\n")
                .Append($"    outputs: {{highly_sensitive: {{o: {parts[0]}.csv}}}}\n");
        }

        return text.ToString();
    }

    /// <summary>One action with the given lines, one blank-indented block, after a version line.</summary>
    public static string Action(string body, string version = "5") =>
        $"version: {version}\nactions:\n  a:\n" + string.Join('\n', body.Split('\n').Select(l => "    " + l)) + "\n";

    /// <summary>One action with a run and one highly sensitive output.</summary>
    public static string Run(string run, string version = "5") =>
        Action($"run: {run}\noutputs: {{highly_sensitive: {{o: output/a.csv}}}}", version);

    /// <summary>One action with one output.</summary>
    public static string Output(string path, string level = "highly_sensitive") =>
        Action($"run: python:v2 a\noutputs: {{{level}: {{o: {path}}}}}");
}
