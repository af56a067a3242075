using System.CommandLine;
using JobServer.Domain.Pipelines;

namespace JobServer.Cli.Planning;

/// <summary>`jobserver plan [ACTION…]`.</summary>
internal static class PlanCommand
{
    public static Command Create(Terminal terminal)
    {
        var actions = new Argument<string[]>("ACTION")
        {
            Description = "The actions to run; run_all if none is given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var file = new Option<string>("--file")
        {
            Description = "The file to plan from.",
            DefaultValueFactory = _ => ProjectFile.DefaultName,
        };
        var json = new Option<bool>("--json") { Description = "Print JSON, for programs." };
        var scenarios = new Option<string?>("--scenarios")
        {
            Description = "A file with one JSON object a line: id, file, requested, force, prior. Each is planned; needs --json.",
        };
        var root = new Option<string>("--root")
        {
            Description = "The folder that the files of --scenarios are in.",
            DefaultValueFactory = _ => ".",
        };
        var dialect = DialectOption.Create();
        var command = new Command("plan", "Shows which jobs a fresh workspace would run, and in which order.")
        {
            actions, file, json, scenarios, root, dialect,
        };
        command.SetAction(parsed =>
        {
            var rules = parsed.GetValue(dialect);
            if (parsed.GetValue(scenarios) is { } path)
            {
                if (parsed.GetValue(json)) return new ScenarioRunner(rules, parsed.GetValue(root)!, terminal).Run(path);
                terminal.Errors.WriteLine("--scenarios prints JSON only; add --json.");
                return ExitStatus.Unusable;
            }

            var requested = parsed.GetValue(actions) is { Length: > 0 } given ? given : [Pipeline.RunAll];
            return Run(parsed.GetValue(file)!, requested, rules, parsed.GetValue(json), terminal);
        });
        return command;
    }

    private static int Run(string path, string[] requested, PipelineDialect dialect, bool json, Terminal terminal)
    {
        var file = ProjectFile.Load(path);
        if (file.Error is not null)
        {
            terminal.Errors.WriteLine($"Cannot read {file.Path}: {file.Error}");
            return ExitStatus.Unusable;
        }

        var reading = PipelineReader.Read(file.Bytes, dialect);
        var plan = reading.Pipeline is { } pipeline
            ? JobPlanner.Plan(pipeline, requested, forceRunDependencies: false, WorkspaceState.Empty)
            : new JobPlan.Refused($"{path} cannot be planned; \"jobserver check {path}\" shows what is wrong.");
        if (json) terminal.Output.WriteLine(PlanJson.Write(null, plan));
        else PlanReport.Show(terminal.Console, plan);
        return plan is JobPlan.Refused ? ExitStatus.Problems : ExitStatus.Fine;
    }
}
