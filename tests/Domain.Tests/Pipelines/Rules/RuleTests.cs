using JobServer.Domain.Pipelines;
using JobServer.Domain.Pipelines.Rules;
using Xunit;

namespace JobServer.Domain.Tests.Pipelines.Rules;

public sealed class RuleTests
{
    public static TheoryData<RuleTwin> Twins() => [.. RuleTwins.All];

    [Theory]
    [MemberData(nameof(Twins), DisableDiscoveryEnumeration = true)]
    public void A_breach_is_refused_by_its_rule_at_its_line_with_a_hint(RuleTwin twin)
    {
        var reading = Files.Read(twin.Invalid, twin.Dialect);

        Assert.False(reading.IsValid);
        var problem = reading.Errors.FirstOrDefault(p => p.Rule == twin.Rule && p.Line == twin.Line);
        Assert.True(problem is not null, $"{twin}: " + string.Join('\n', reading.Problems));
        Assert.EndsWith(".", problem.Message, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Hint);
        Assert.True(problem.Column >= 1);
    }

    [Theory]
    [MemberData(nameof(Twins), DisableDiscoveryEnumeration = true)]
    public void The_twin_of_a_breach_passes(RuleTwin twin)
    {
        var reading = Files.Read(twin.Valid, twin.Dialect);

        Assert.True(reading.IsValid, $"{twin}: " + string.Join('\n', reading.Problems));
    }

    [Fact]
    public void Every_rule_has_a_breach_and_a_twin()
    {
        var tested = RuleTwins.All.Select(t => t.Rule).ToHashSet(StringComparer.Ordinal);

        Assert.Subset(tested, RuleBook.All.Select(r => r.Id).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_rule_has_a_number_of_its_own() =>
        Assert.Equal(RuleBook.All.Count, RuleBook.All.Select(r => r.Id).Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [InlineData("P01", "version: 3\nactions: {}\nsurprise: 1\n")]
    [InlineData("P06", "version: 3\nactions:\n  run_all:\n    run: r:v1\n    outputs: {highly_sensitive: {o: a.csv}}\n")]
    [InlineData("P09", "version: 3\nactions:\n  a:\n    run: r:v1\n    need: [b]\n    outputs: {highly_sensitive: {o: a.csv}}\n")]
    [InlineData("P16", "version: 3\nactions:\n  a:\n    run: r:v1\n    outputs: {highly_sensitive: {o: a.csv}, moderate: {p: b.csv}}\n")]
    [InlineData("E04", "version: 3\nactions: {}\nexpectations: {population_size: 1, x: 2}\n")]
    public void What_the_rules_of_2022_passed_over_is_a_warning_there(string rule, string text)
    {
        var reading = Files.Read(text, PipelineDialect.Medicia);

        Assert.True(reading.IsValid);
        var warning = Assert.Single(reading.Warnings);
        Assert.Equal(rule, warning.Rule);
        Assert.NotEmpty(warning.Hint);
    }

    [Theory]
    [InlineData("version: 3\nactions: {}\n")]
    [InlineData("version: 5\nactions:\n  a:\n    run: cohortextractor:latest generate_cohort\n    outputs: {moderately_sensitive: {o: output/model.joblib}}\n")]
    [InlineData("version: 3\nactions:\n  a:\n    run: python:latest a\n    outputs: {highly_sensitive: {o: output/folder}}\n")]
    public void The_rules_of_2022_ask_for_no_expectations_and_no_file_type(string text) =>
        Assert.Empty(Files.Read(text, PipelineDialect.Medicia).Errors);

    [Fact]
    public void An_older_version_is_only_a_warning() =>
        Assert.Equal("P04", Assert.Single(Files.Read(Files.Run("r:v1", "2")).Warnings).Rule);
}
