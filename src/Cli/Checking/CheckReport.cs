using JobServer.Domain.Pipelines;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace JobServer.Cli.Checking;

/// <summary>For people: every problem with its line, a caret and a hint, then a summary.</summary>
internal sealed class CheckReport(IAnsiConsole console) : ICheckReport
{
    private int _files;
    private int _broken;

    public void Show(ProjectFile file, PipelineDialect dialect, PipelineReading reading)
    {
        _files++;
        if (!reading.IsValid) _broken++;
        var lines = new SourceText(SourceText.Decode(file.Bytes));
        foreach (var problem in reading.Problems) Show(file.Path, problem, lines);
        Say(Summary(file.Path, reading), reading.IsValid ? Color.Green : Color.Red);
    }

    public void Finish()
    {
        if (_files > 1) Say($"{_files} files, {_broken} with errors.", _broken == 0 ? Color.Green : Color.Red);
    }

    private static string Summary(string path, PipelineReading reading)
    {
        var errors = reading.Errors.Count();
        var warnings = reading.Warnings.Count();
        var extra = warnings == 0 ? "" : $", {Count(warnings, "warning")}";
        return reading.Pipeline is { } pipeline
            ? $"{SourceText.Visible(path)}: valid, {Count(pipeline.Actions.Count, "action")}{extra}."
            : $"{SourceText.Visible(path)}: {Count(errors, "error")}{extra}.";
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private void Show(string path, PipelineProblem problem, SourceText lines)
    {
        var isError = problem.Severity == ProblemSeverity.Error;
        console.Write(new Text($"{SourceText.Visible(path)}:{problem.Line}:{problem.Column}: "));
        console.Write(new Text(isError ? "error " : "warning ", new Style(isError ? Color.Red : Color.Yellow, decoration: Decoration.Bold)));
        console.WriteLine($"{problem.Rule}: {problem.Message}");
        if (lines.Around(problem.Line, problem.Column, Math.Max(40, console.Profile.Width - 16)) is { } source)
        {
            var number = problem.Line.ToString();
            console.WriteLine($"  {number} | {source.Text}");
            console.Write(new Text($"  {new string(' ', number.Length)} | "));
            Say(new string(' ', new Segment(source.Text[..source.Caret]).CellCount()) + "^", isError ? Color.Red : Color.Yellow);
        }

        if (problem.Hint.Length > 0) console.Write(new Padder(new Text(problem.Hint), new Padding(2, 0, 0, 0)));
        console.WriteLine();
    }

    private void Say(string text, Color color) => console.WriteLine(text, new Style(color));
}
