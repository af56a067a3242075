using JobServer.Cli;
using Spectre.Console;

return await JobServerCommand.RunAsync(args, new Terminal(AnsiConsole.Console, Console.Out, Console.Error));
