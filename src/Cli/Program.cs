using JobServer.Cli;
using Spectre.Console;

var terminal = new Terminal(AnsiConsole.Console, Console.Out, Console.Error);
return await JobServerCommand.Create(terminal).Parse(args).InvokeAsync();
