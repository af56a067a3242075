using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using JobServer.Domain.Jobs;
using Xunit;

namespace JobServer.Domain.Tests.Jobs;

/// <summary>The picture in docs/machines/job.md and the code say the same.</summary>
public sealed partial class JobDiagramTests
{
    private static readonly IReadOnlySet<string> Drawn = ReadDiagram();
    private static readonly IReadOnlySet<string> Coded = ReadCode();

    [Fact]
    public void Every_arrow_of_the_diagram_is_in_the_code() => Assert.Empty(Drawn.Except(Coded));

    [Fact]
    public void Every_move_of_the_code_is_an_arrow_of_the_diagram() => Assert.Empty(Coded.Except(Drawn));

    [Fact]
    public void The_diagram_is_found_and_names_only_phases_and_triggers()
    {
        Assert.NotEmpty(Drawn);
        Assert.All(Drawn, arrow =>
        {
            var match = Arrow().Match(arrow);
            Assert.True(Enum.TryParse<JobPhase>(match.Groups["from"].Value, out _), arrow);
            Assert.True(Enum.TryParse<JobPhase>(match.Groups["to"].Value, out _), arrow);
            Assert.True(Enum.TryParse<JobTrigger>(match.Groups["trigger"].Value, out _), arrow);
        });
    }

    private static HashSet<string> ReadDiagram([CallerFilePath] string thisFile = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "machines", "job.md");
        var diagram = File.ReadAllText(path).Split("```")[1];
        return diagram.Split('\n').Select(line => Arrow().Match(line)).Where(match => match.Success)
            .Select(match => match.Value.Trim())
            .ToHashSet(StringComparer.Ordinal);
    }

    // A move that only a cancelled job makes is drawn as an arrow of its own.
    private static HashSet<string> ReadCode()
    {
        var arrows = new HashSet<string>(StringComparer.Ordinal);
        foreach (var phase in Enum.GetValues<JobPhase>())
        {
            foreach (var trigger in Enum.GetValues<JobTrigger>())
            {
                var usual = TargetsOf(phase, trigger, cancelRequested: false);
                arrows.UnionWith(usual.Select(to => $"{phase} --> {to}: {trigger}"));
                arrows.UnionWith(TargetsOf(phase, trigger, cancelRequested: true).Except(usual).Select(to => $"{phase} --> {to}: {trigger} (cancelled)"));
            }
        }

        return arrows;
    }

    private static HashSet<JobPhase> TargetsOf(JobPhase phase, JobTrigger trigger, bool cancelRequested) =>
        Enum.GetValues<JobStatusCode>()
            .Select(code => JobStateMachine.Next(phase, code, cancelRequested, trigger))
            .OfType<JobTransition.Moves>()
            .Select(moves => moves.To)
            .ToHashSet();

    [GeneratedRegex(@"(?<from>[A-Z]\w+) --> (?<to>[A-Z]\w+): (?<trigger>\w+)( \(cancelled\))?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Arrow();
}
