using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>E05: population_size is a whole number.</summary>
internal sealed class PopulationSizeIsNumber : IPipelineRule
{
    public string Id => "E05";

    public void Check(PipelineDraft draft, ProblemList problems)
    {
        if ((ExpectationsScope.Judged(draft)?.Value as YamlMap)?.Find("population_size") is not { } entry) return;
        if (entry.Value is YamlScalar scalar && IsNumber(scalar)) return;
        problems.Error(
            Id, entry.Value, $"The population_size is {entry.Value.Shown()}, not a whole number.", "Write a number such as 1000.");
    }

    private static bool IsNumber(YamlScalar scalar) => scalar.ScalarKind switch
    {
        YamlScalarKind.Integer or YamlScalarKind.Boolean => true,
        YamlScalarKind.Real => double.IsFinite(YamlNumbers.Value(scalar)),
        YamlScalarKind.Text => IsDecimal(scalar.Text.Trim()),
        _ => false,
    };

    /// <summary>Underscores are allowed between digits, as they have always been.</summary>
    private static bool IsDecimal(string text)
    {
        var digits = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        return digits.Length is > 0 and < 4300
            && char.IsDigit(digits[0]) && char.IsDigit(digits[^1])
            && !digits.Contains("__", StringComparison.Ordinal)
            && digits.All(c => char.IsDigit(c) || c == '_');
    }
}
