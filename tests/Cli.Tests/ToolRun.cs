using JobServer.Cli;
using Spectre.Console;

namespace JobServer.Cli.Tests;

/// <summary>What a run of the tool printed and returned.</summary>
internal sealed record ToolRun(int Status, string Output, string Errors)
{
    public static async Task<ToolRun> Of(params string[] args)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 200;
        var status = await JobServerCommand.RunAsync(args, new Terminal(console, output, errors));
        return new ToolRun(status, output.ToString().ReplaceLineEndings("\n"), errors.ToString());
    }
}
