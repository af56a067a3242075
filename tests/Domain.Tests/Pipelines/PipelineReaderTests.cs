using System.Text;
using JobServer.Domain.Pipelines;
using Xunit;

namespace JobServer.Domain.Tests.Pipelines;

public sealed class PipelineReaderTests
{
    [Fact]
    public void A_valid_file_gives_its_actions_as_written()
    {
        var pipeline = Files.Pipeline(Files.Valid);

        Assert.Equal(5, pipeline.Version);
        Assert.Equal(["extract", "model", "report"], pipeline.Actions.Select(a => a.Name));
        var model = pipeline.Find("model")!;
        Assert.Equal(("r", "v2"), (model.Image, model.ImageVersion));
        Assert.Equal(
            ["analysis/model.R", "--title", "it is \"here\"", "--config", """{"adjust": true, "weights": [1, 2.5]}"""],
            model.Arguments);
        Assert.Equal(["extract"], model.Needs);
        Assert.Equal(
            [new PipelineOutput(PrivacyLevel.HighlySensitive, "fit", "output/fit.rds"), new PipelineOutput(PrivacyLevel.ModeratelySensitive, "table", "output/table_*.csv")],
            model.Outputs);
        Assert.Equal(8, model.Line);
        Assert.Equal(["extract"], pipeline.Actions.Where(a => a.UsesDatabase).Select(a => a.Name));
    }

    [Fact]
    public void All_problems_are_told_at_once_in_the_order_of_the_file()
    {
        var reading = Files.Read("""
            version: "5.0"
            actions:
              a:
                run: r a.R
                needs: [b, a]
                outputs:
                  moderately_sensitive:
                    x: ../a.rds
              c:
                outputs: {}
            extra: 1
            """);

        Assert.Null(reading.Pipeline);
        Assert.Equal(
            [("R03", 4), ("N03", 5), ("N04", 5), ("G04", 8), ("G09", 8), ("P08", 9), ("P15", 10), ("P01", 11)],
            reading.Problems.Select(p => (p.Rule, p.Line)));
    }

    [Fact]
    public void A_circle_names_its_actions()
    {
        var problem = Assert.Single(Files.Read(Files.GraphText("a: b; b: c; c: a")).Errors);

        Assert.Contains("\"a\" → \"b\" → \"c\" → \"a\"", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_numbers_are_names()
    {
        var pipeline = Files.Pipeline("version: 5\nactions:\n  2017:\n    run: r:v1 a\n    outputs: {highly_sensitive: {1: a.csv}}\n  b:\n    run: r:v1 b\n    needs: [2017]\n    outputs: {highly_sensitive: {1: b.csv}}\n");

        Assert.Equal(["2017"], pipeline.Find("b")!.Needs);
        Assert.Equal("1", pipeline.Find("2017")!.Outputs[0].Id);
    }

    [Fact]
    public void Yes_and_no_are_text() =>
        Assert.Equal(["no"], Files.Graph("no; yes: no").Find("yes")!.Needs);

    [Theory]
    [InlineData("needs: [a,\nb,\n  c]")]
    [InlineData("needs: [\na, b,\n\n# a remark\nc\n]")]
    public void Brackets_may_go_on_at_the_left_margin(string needs)
    {
        var text = Files.GraphText("a; b; c") + "  d:\n    run: r:v1 d\n    " + needs + "\n    outputs: {highly_sensitive: {o: d.csv}}\n  e: 1\n";

        var reading = Files.Read(text);

        var problem = Assert.Single(reading.Problems);
        Assert.Equal(("P07", 3), (problem.Rule, problem.Column));
        Assert.Equal(text.Split('\n').ToList().IndexOf("  e: 1") + 1, problem.Line);
    }

    [Fact]
    public void A_problem_inside_such_brackets_keeps_its_column()
    {
        var reading = Files.Read(Files.GraphText("a") + "  d:\n    run: r:v1 d\n    needs: [a,\nb]\n    outputs: {highly_sensitive: {o: d.csv}}\n");

        Assert.Equal(("N03", 10, 1), Assert.Single(reading.Problems.Select(p => (p.Rule, p.Line, p.Column))));
    }

    [Fact]
    public void Quoted_text_may_go_on_at_the_left_margin() =>
        Assert.Equal(["a", "b"], Files.Pipeline(Files.Run("\"r:v1 a\nb\"")).Actions[0].Arguments);

    [Fact]
    public void Merge_keys_and_aliases_are_written_out()
    {
        var pipeline = Files.Pipeline("""
            version: 5
            actions:
              a: &base
                run: r:v1 a
                outputs: &out {highly_sensitive: {o: a.csv}}
                config: {x: 1}
              b:
                <<: *base
                run: r:v1 b
                outputs: {highly_sensitive: {o: b.csv}}
            """);

        Assert.Equal("{\"x\": 1}", pipeline.Find("b")!.ConfigJson);
        Assert.Equal("b.csv", pipeline.Find("b")!.Outputs[0].Pattern);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Every_marked_encoding_is_read(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Files.Valid.ReplaceLineEndings("\r\n"))];

        Assert.True(PipelineReader.Read(bytes, PipelineDialect.Opensafely).IsValid);
    }

    [Fact]
    public void Bytes_that_are_not_text_are_refused_at_their_line()
    {
        byte[] bytes = [.. "version: 5\nactions: "u8, 0xFF, 0xFE];

        var problem = Assert.Single(PipelineReader.Read(bytes, PipelineDialect.Medicia).Problems);

        Assert.Equal(("Y07", 2, 10), (problem.Rule, problem.Line, problem.Column));
    }

    [Theory]
    [InlineData("opensafely", "ehrql", "generate-dataset", true)]
    [InlineData("opensafely", "ehrql", "generate-measures", true)]
    [InlineData("opensafely", "ehrql", "--verbose generate-dataset", false)]
    [InlineData("opensafely", "sqlrunner", "", true)]
    [InlineData("opensafely", "python", "generate-dataset", false)]
    [InlineData("medicia", "cohortextractor", "generate_cohort", true)]
    [InlineData("medicia", "cohortextractor-v2", "generate_dataset", true)]
    [InlineData("medicia", "sqlrunner", "", false)]
    public void The_image_and_its_first_word_decide_on_the_database(string dialect, string image, string command, bool uses)
    {
        var text = Files.Action($"run: {image}:v1 {command} --output a.csv\noutputs: {{highly_sensitive: {{o: a.csv}}}}".Replace(":v1  ", command.Length == 0 && image == "sqlrunner" ? ":v1 x " : ":v1 ", StringComparison.Ordinal));

        Assert.Equal(uses, Files.Pipeline(text, Enum.Parse<PipelineDialect>(dialect, ignoreCase: true)).Actions[0].UsesDatabase);
    }

    [Theory]
    [InlineData("{a: 1.0, b: 1e3, c: .inf, d: 1e-7, e: 123456789012345678901234567890}", """{"a": 1.0, "b": 1000.0, "c": Infinity, "d": 1e-07, "e": 123456789012345678901234567890}""")]
    [InlineData("{a: \"it's\", b: é, 1: null, c: [], d: {}}", "{\"a\": \"it\\u0027s\", \"b\": \"\\u00e9\", \"1\": null, \"c\": [], \"d\": {}}")]
    [InlineData("{a: 0x1F, b: 0o17, c: 017, d: 1_000, e: 0.1, f: 1e16, g: 123456.75, h: -0.00015, i: yes, j: True}", """{"a": 31, "b": 15, "c": 17, "d": 1000, "e": 0.1, "f": 1e+16, "g": 123456.75, "h": -0.00015, "i": "yes", "j": true}""")]
    [InlineData("{a: 2020-01-01}", """{"a": "2020-01-01"}""")]
    public void Config_becomes_json_as_actions_expect_it(string config, string json) =>
        Assert.Equal(json, Files.Pipeline(Files.Action($"run: r:v1 a\nconfig: {config}\noutputs: {{highly_sensitive: {{o: a.csv}}}}")).Actions[0].ConfigJson);

    [Fact]
    public void A_pipeline_with_a_circle_can_be_drawn_but_not_run()
    {
        var reading = Files.Read(Files.GraphText("a: b; b: a"));

        Assert.Null(reading.Pipeline);
        Assert.Equal(2, reading.Drawable!.Actions.Count);
    }
}
