using JobServer.Domain.Pipelines;
using Spectre.Console;

namespace JobServer.Cli.Planning;

/// <summary>For people: the jobs as a table, in the order they are made.</summary>
internal static class PlanReport
{
    public static void Show(IAnsiConsole console, JobPlan plan)
    {
        switch (plan)
        {
            case JobPlan.Planned planned:
                console.Write(Table(planned.Jobs));
                console.WriteLine($"{planned.Jobs.Count} job{(planned.Jobs.Count == 1 ? "" : "s")}.");
                break;
            case JobPlan.NothingToDo nothing:
                console.WriteLine(nothing.Reason);
                break;
            case JobPlan.Refused refused:
                console.WriteLine(refused.Message, new Style(Color.Red));
                break;
        }
    }

    private static Table Table(IReadOnlyList<PlannedJob> jobs)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var heading in (string[])["", "Action", "Waits for", "Image", "Database", "Outputs"]) table.AddColumn(heading);
        for (var i = 0; i < jobs.Count; i++)
        {
            var (action, waitsFor, _) = jobs[i];
            table.AddRow(
                new Text((i + 1).ToString()),
                new Text(action.Name),
                new Text(string.Join(", ", waitsFor.Select(w => w.Action))),
                new Text(action.Image + ":" + action.ImageVersion),
                new Text(action.UsesDatabase ? "yes" : ""),
                new Text(string.Join("\n", action.Outputs.Select(o => $"{o.Pattern} ({PrivacyLevels.NameOf(o.Level)})"))));
        }

        return table;
    }
}
