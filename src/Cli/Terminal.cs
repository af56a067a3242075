using Spectre.Console;

namespace JobServer.Cli;

/// <summary>Where the tool writes to. What programs read goes to <paramref name="Output"/> unstyled.</summary>
internal sealed record Terminal(IAnsiConsole Console, TextWriter Output, TextWriter Errors);
