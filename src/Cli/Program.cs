using JobServer.Cli;
using Spectre.Console;

// What goes to a file or a program is not broken into the lines of a screen.
if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 1000;
return await JobServerCommand.RunAsync(args, new Terminal(AnsiConsole.Console, Console.Out, Console.Error));
