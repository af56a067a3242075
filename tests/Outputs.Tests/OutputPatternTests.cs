using System.Text.RegularExpressions;
using CsCheck;

namespace JobServer.Outputs.Tests;

public sealed class OutputPatternTests
{
    [Theory]
    [InlineData("output/*.csv", "output/a.csv", true)]
    [InlineData("output/*.csv", "output/.csv", true)]
    [InlineData("output/*.csv", "output/a/b.csv", false)]
    [InlineData("output/*.csv", "output/a.csv.gz", false)]
    [InlineData("output/*.csv", "Output/a.csv", false)]
    [InlineData("*/a.txt", "x/a.txt", true)]
    [InlineData("*/a.txt", "a.txt", false)]
    [InlineData("a*b*c", "aXbYbc", true)]
    [InlineData("a*b*c", "ac", false)]
    [InlineData("a.b", "axb", false)]
    [InlineData("[a].txt", "a.txt", false)]
    [InlineData("**", "abc", true)]
    public void A_star_stands_for_anything_within_one_part(string pattern, string path, bool matches) =>
        Assert.Equal(matches, Parse(pattern).IsMatch(path));

    [Theory]
    [InlineData("../*")]
    [InlineData("/etc/*")]
    [InlineData("a/*/../../b")]
    [InlineData("")]
    public void A_pattern_that_leads_out_is_refused(string text) => Assert.NotNull(OutputPattern.Parse(text, out _));

    [Fact]
    public void Matching_says_what_a_plain_regular_expression_says() => Gen
        .Select(Parts("ab*"), Parts("ab"))
        .Sample((pattern, path) =>
        {
            var expected = Regex.IsMatch(
                path, $"^{Regex.Escape(pattern).Replace("\\*", "[^/]*", StringComparison.Ordinal)}$", RegexOptions.None, TimeSpan.FromSeconds(1));
            return Parse(pattern).IsMatch(path) == expected;
        });

    [Fact]
    public void A_pattern_made_to_be_slow_is_not() =>
        Assert.False(Parse(string.Concat(Enumerable.Repeat("a*", 100)) + "b").IsMatch(new string('a', 250)));

    /// <summary>Made of parts, not sieved from any text: a run of unfit ones would end the test.</summary>
    private static Gen<string> Parts(string letters) => Gen.Char[letters].Array[1, 8].Select(part => new string(part)).Array[1, 4]
        .Select(parts => string.Join('/', parts));

    private static OutputPattern Parse(string text)
    {
        Assert.Null(OutputPattern.Parse(text, out var pattern));
        return pattern!;
    }
}
