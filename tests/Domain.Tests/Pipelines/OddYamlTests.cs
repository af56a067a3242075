using System.Text;
using JobServer.Domain.Pipelines;
using Xunit;

namespace JobServer.Domain.Tests.Pipelines;

/// <summary>Files that are valid YAML 1.2 although few would write them; `config` shows what was read.</summary>
public sealed class OddYamlTests
{
    [Theory]
    [InlineData("{a: &x one, b: 2}", """{"a": "one", "b": 2}""")]
    [InlineData("{a: &x 1 , b: *x}", """{"a": 1, "b": 1}""")]
    [InlineData("{a: &x \"one\"\n, b: 2}", """{"a": "one", "b": 2}""")]
    [InlineData("{a: &x [1, 2], &k b: {c: &y z, d: *y}}", """{"a": [1, 2], "b": {"c": "z", "d": "z"}}""")]
    [InlineData("\n  k: t\n    [z\n  l: \"a\nb\"", """{"k": "t [z", "l": "a b"}""")]
    [InlineData("\n  k: t\n    \"z\n  l: \"a\nb\"", """{"k": "t \"z", "l": "a b"}""")]
    [InlineData("\n  k:\n    t\n    'z\n  l: [a,\nb]", """{"k": "t \u0027z", "l": ["a", "b"]}""")]
    [InlineData("\n  k:\n  - t\n   {z\n  l: [a,\nb]", """{"k": ["t {z"], "l": ["a", "b"]}""")]
    [InlineData("\n  k:\n   - |+ # c\n    \"b {\n  l: [a,\nb]", """{"k": ["\"b {\n"], "l": ["a", "b"]}""")]
    [InlineData("\n  k: '''l\n \"t'\n  l: \"d\n u\"", """{"k": "\u0027l \"t", "l": "d u"}""")]
    [InlineData("\n  k: [\n]\n  l: {\nm: &x \"p\n q\", n: 1\n}", """{"k": [], "l": {"m": "p q", "n": 1}}""")]
    [InlineData("\n  base: &c {z: 1, y: 2}\n  own:\n    q: 0\n    <<: *c\n    z: 3", """{"base": {"z": 1, "y": 2}, "own": {"z": 3, "y": 2, "q": 0}}""")]
    [InlineData("\n  own:\n    <<: [{a: 1, b: 2}, {c: 3, a: 4}]", """{"own": {"c": 3, "a": 1, "b": 2}}""")]
    [InlineData("{a: 'x\u2028y', b: 'x\uFDD0y'}", """{"a": "x\u2028y", "b": "x\ufdd0y"}""")]
    public void Config_is_read_as_it_is_written(string config, string json)
    {
        var pipeline = Files.Pipeline(Files.Action("run: r:v1 a\noutputs: {highly_sensitive: {o: output/a.csv}}\nconfig: " + config));

        Assert.Equal(["a", "--config", json], pipeline.Actions[0].Arguments);
    }

    [Fact]
    public void A_stand_in_of_a_line_separator_stays_itself() =>
        Assert.Equal(["a\uFDD0\uFDD1\u2029"], Files.Pipeline(Files.Run("r:v1 a\uFDD0\uFDD1\u2029")).Actions[0].Arguments);

    [Fact]
    public void Of_two_readings_the_one_that_came_further_tells_the_place()
    {
        var problem = Files.Read(Files.Action("run: r:v1 a\nneeds: [\na]\noutputs: {highly_sensitive: {o: a.csv}}\n") + "x: [1\ny: 2\n").Problems[0];

        Assert.Equal("Y01", problem.Rule);
        Assert.InRange(problem.Line, 8, 10);
    }

    [Fact]
    public void Lines_that_end_in_a_carriage_return_alone_are_counted_and_shown()
    {
        var text = (Files.Run("r:v1 'a") + "x: \u0001\n").Replace('\n', '\r');

        var problem = Assert.Single(PipelineReader.Read(Encoding.UTF8.GetBytes(text), PipelineDialect.Opensafely).Problems);

        Assert.Equal(("Y07", 6, 4), (problem.Rule, problem.Line, problem.Column));
        Assert.Equal("x: ·", new SourceText(text).Around(6, 4, 80)!.Text);
    }
}
