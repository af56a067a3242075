using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using JobServer.Domain.Applications;
using Xunit;

namespace JobServer.Domain.Tests.Applications;

/// <summary>The picture and the table in docs/machines/application.md and the code say the same.</summary>
public sealed partial class ApplicationDiagramTests
{
    private static readonly string Document = Read();

    [Fact]
    public void Every_arrow_of_the_diagram_is_in_the_code() => Assert.Empty(Drawn().Except(Coded()));

    [Fact]
    public void Every_move_of_the_code_is_an_arrow_of_the_diagram() => Assert.Empty(Coded().Except(Drawn()));

    [Fact]
    public void The_table_says_what_an_applicant_may_do_in_each_status()
    {
        var rows = Row().Matches(Document).ToDictionary(row => Enum.Parse<ApplicationStatus>(row.Groups["status"].Value));

        Assert.Equal(Enum.GetValues<ApplicationStatus>(), rows.Keys.Order());
        Assert.All(rows, row =>
        {
            Assert.Equal(row.Key.IsEditable() ? "yes" : "no", row.Value.Groups["change"].Value);
            Assert.Equal(row.Key.IsDeletable() ? "yes" : "no", row.Value.Groups["delete"].Value);
        });
    }

    private static HashSet<string> Drawn()
    {
        var arrows = Arrow().Matches(Document.Split("```")[1]).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(arrows);
        return arrows;
    }

    private static HashSet<string> Coded() =>
    [
        .. from status in Enum.GetValues<ApplicationStatus>()
           from act in Enum.GetValues<ApplicationAct>()
           let next = status.After(act)
           where next is not null
           select $"{status} --> {next}: {act}",
    ];

    private static string Read([CallerFilePath] string thisFile = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "machines", "application.md"));

    [GeneratedRegex(@"[A-Z]\w+ --> [A-Z]\w+: \w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Arrow();

    [GeneratedRegex(@"^\| (?<status>[A-Z]\w+) \| (?<change>yes|no) \| (?<delete>yes|no) \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
