using System.CommandLine;
using JobServer.Domain.Pipelines;

namespace JobServer.Cli.Checking;

/// <summary>`jobserver check [FILE…]`.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "The files to check; project.yaml of this folder if none is given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object a file, for programs." };
        var dialect = DialectOption.Create();
        var command = new Command("check", "Says everything that is wrong with project.yaml files.") { files, json, dialect };
        command.SetAction(parsed =>
        {
            var paths = parsed.GetValue(files) is { Length: > 0 } given ? given : [ProjectFile.DefaultName];
            ICheckReport report = parsed.GetValue(json) ? new JsonCheckReport(terminal.Output) : new CheckReport(terminal.Console);
            return Run(paths, parsed.GetValue(dialect), report, terminal);
        });
        return command;
    }

    private static int Run(string[] paths, PipelineDialect dialect, ICheckReport report, Terminal terminal)
    {
        var status = ExitStatus.Fine;
        foreach (var path in paths)
        {
            var file = ProjectFile.Load(path);
            if (file.Error is not null)
            {
                terminal.Errors.WriteLine($"Cannot read {path}: {file.Error}");
                status = ExitStatus.Unusable;
                continue;
            }

            var reading = PipelineReader.Read(file.Bytes, dialect);
            report.Show(file, dialect, reading);
            if (!reading.IsValid) status = Math.Max(status, ExitStatus.Problems);
        }

        report.Finish();
        return status;
    }
}
