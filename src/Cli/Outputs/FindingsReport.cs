using JobServer.Domain.Pipelines;
using JobServer.Outputs.Disclosure;
using Spectre.Console;

namespace JobServer.Cli.Outputs;

/// <summary>For people: each finding with its place, and once for each rule how to mend it.</summary>
internal sealed class FindingsReport(IAnsiConsole console) : IFindingsReport
{
    public void Show(string path, DisclosureProfile profile, CheckResult result)
    {
        var name = SourceText.Visible(path);
        foreach (var rule in result.Findings.GroupBy(finding => finding.Rule))
        {
            foreach (var finding in rule)
            {
                var place = finding.Place.Length > 0 ? $" {finding.Place}:" : "";
                console.Write(new Text($"{name}:{place} "));
                console.Write(new Text(finding.Severity.ToString().ToLowerInvariant(), new Style(ColorOf(finding.Severity), decoration: Decoration.Bold)));
                console.WriteLine($" {finding.Rule}: {finding.Message}");
            }

            if (rule.Any(finding => finding.Severity > Severity.Information))
                console.Write(new Padder(new Text(DisclosureRules.Find(rule.Key)!.Advice), new Padding(2, 0, 0, 0)));
        }

        console.WriteLine($"{name}: {Words(result.Verdict)} ({profile.Label})", new Style(ColorOf(result.Verdict)));
    }

    private static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass. Automated checks help; they do not decide.",
        Verdict.Review => "review: a person must look at it.",
        Verdict.Fail => "fail.",
    };

    private static Color ColorOf(Verdict verdict) => verdict switch
    {
        Verdict.Pass => Color.Green,
        Verdict.Review => Color.Yellow,
        Verdict.Fail => Color.Red,
    };

    private static Color ColorOf(Severity severity) => severity switch
    {
        Severity.Information => Color.Blue,
        Severity.Review => Color.Yellow,
        Severity.Fail or Severity.Block => Color.Red,
    };
}
