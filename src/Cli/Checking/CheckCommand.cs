using System.CommandLine;
using System.CommandLine.Parsing;
using JobServer.Domain.Pipelines;

namespace JobServer.Cli.Checking;

/// <summary>`jobserver check [FILE…]`.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "The files to check; a folder stands for its project.yaml, - for standard input. Without any: project.yaml of this folder.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        files.Validators.Add(OptionsAreKnown);
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

    // A mistyped option would otherwise be taken for a file.
    private static void OptionsAreKnown(ArgumentResult files)
    {
        foreach (var token in files.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal) && !File.Exists(token.Value)))
        {
            files.AddError($"There is no option {token.Value}; \"jobserver check --help\" lists them.");
        }
    }

    private static int Run(string[] paths, PipelineDialect dialect, ICheckReport report, Terminal terminal)
    {
        var status = ExitStatus.Fine;
        foreach (var path in paths)
        {
            var file = ProjectFile.Load(path);
            if (file.Error is not null)
            {
                terminal.Errors.WriteLine($"Cannot read {file.Path}: {file.Error}");
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
