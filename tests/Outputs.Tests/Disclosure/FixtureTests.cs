using System.Text;
using JobServer.Outputs.Disclosure;

namespace JobServer.Outputs.Tests.Disclosure;

/// <summary>
/// Every rule with files that it lets pass and twins that it does not. Golden.txt says all that is found in each file: after a
/// change on purpose, replace it by the Golden.actual.txt that the failed test leaves.
/// </summary>
public sealed class FixtureTests
{
    private static readonly string Folder = Path.Join(AppContext.BaseDirectory, "Disclosure", "Fixtures");

    public static TheoryData<string> RuleIds => new(DisclosureRules.All.Select(rule => rule.Id));

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void Each_rule_passes_good_files_and_finds_the_bad_ones(string ruleId)
    {
        var fixtures = All().Where(fixture => fixture.Rule == ruleId).ToList();

        Assert.Contains(fixtures, fixture => fixture.IsGood);
        Assert.Contains(fixtures, fixture => !fixture.IsGood);
        Assert.All(fixtures, fixture =>
            Assert.True(fixture.IsGood != Grave(fixture).Any(), $"{fixture.Name}: {string.Join("; ", Grave(fixture).Select(found => found.Message))}"));

        // What a rule may say of a good file is for information alone; F7 says nothing else.
        IEnumerable<Finding> Grave(DisclosureFixture fixture) => fixture.Check().Findings
            .Where(found => found.Rule == ruleId && (found.Severity > Severity.Information || ruleId == "F7"));
    }

    [Fact]
    public void All_that_is_found_is_what_was_found_before()
    {
        var said = new StringBuilder();
        foreach (var fixture in All().OrderBy(fixture => fixture.Name, StringComparer.Ordinal))
        {
            said.Append(fixture.Name).Append('\n');
            foreach (var found in fixture.Check().Findings)
                said.Append($"  {found.Rule} {found.Severity} {(found.Place.Length > 0 ? found.Place : "whole file")}: {found.Message}\n");
        }

        File.WriteAllText(Path.Join(AppContext.BaseDirectory, "Golden.actual.txt"), said.ToString());
        Assert.Equal(File.ReadAllText(Path.Join(AppContext.BaseDirectory, "Disclosure", "Golden.txt")), said.ToString());
    }

    [Fact]
    public void No_finding_repeats_a_number_that_stands_in_the_file()
    {
        var limits = new HashSet<string>(["10", "5", "30", "500", "200", "5000", "6", "16", "16.1"]);

        foreach (var fixture in All().Where(fixture => fixture.Name.EndsWith(".csv", StringComparison.Ordinal)))
        {
            var numbers = fixture.Check().Findings.SelectMany(found => found.Message.Split(' ', ';', ',')).Where(word => word.Any(char.IsAsciiDigit) && char.IsAsciiDigit(word[0]));
            Assert.All(numbers, number => Assert.Contains(number, limits));
        }
    }

    private static IEnumerable<DisclosureFixture> All() =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(file => DisclosureFixture.FromFile(Path.GetRelativePath(Folder, file), File.ReadAllBytes(file)))
            .Concat(MadeFixtures.All);
}
