using JobServer.Domain.Pipelines;
using Spectre.Console;

namespace JobServer.Cli.Planning;

/// <summary>For people: the jobs in the order they are made, each with what it waits for and what it writes.</summary>
internal static class PlanReport
{
    public static void Show(IAnsiConsole console, JobPlan plan)
    {
        switch (plan)
        {
            case JobPlan.Planned planned:
                for (var i = 0; i < planned.Jobs.Count; i++) console.Write(Job(i + 1, planned.Jobs[i]));
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

    private static Tree Job(int number, PlannedJob job)
    {
        var action = job.Action;
        var tree = new Tree(new Markup(
            $"{number}. [bold]{Markup.Escape(SourceText.Visible(action.Name))}[/]  {Markup.Escape(SourceText.Visible(action.Image + ":" + action.ImageVersion))}{(action.UsesDatabase ? "  [yellow]uses the database[/]" : "")}"));
        if (job.WaitsFor.Count > 0) tree.AddNode(new Text(SourceText.Visible("waits for " + string.Join(", ", job.WaitsFor.Select(awaited => awaited.Action)))));
        foreach (var level in action.Outputs.GroupBy(output => output.Level))
        {
            tree.AddNode(new Text(PrivacyLevels.NameOf(level.Key))).AddNodes(level.Select(output => new Text(SourceText.Visible(output.Pattern))));
        }

        return tree;
    }
}
