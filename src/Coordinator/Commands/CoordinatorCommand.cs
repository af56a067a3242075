using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Commands;

/// <summary>
/// Acts of an operator on the host's own command line. They write rows, so they work while a Coordinator runs, which sees them
/// by its poll, and while none does.
/// </summary>
internal static class CoordinatorCommand
{
    /// <summary>Whether the program is to do a command: without one, or with settings alone, it serves.</summary>
    public static bool IsCommand(string[] args) =>
        args is [{ Length: > 0 } first, ..] && ((first[0] is not ('-' or '/') && !first.Contains('=', StringComparison.Ordinal)) || first is "-h" or "--help" or "-?");

    /// <returns>The exit status, of <see cref="CommandStatus"/>.</returns>
    /// <param name="configure">Settings of a test, above those of files and environment.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, Action<IConfigurationBuilder>? configure = null)
    {
        var settings = new Option<string[]>("--setting")
        {
            Description = "A setting, such as Database:ConnectionString=…, above those of the file and the environment.",
            Recursive = true,
            Arity = ArgumentArity.ZeroOrMore,
        };
        Task<int> DoAsync(ParseResult parsed, Func<CommandSite, CancellationToken, Task> act, CancellationToken cancellationToken) =>
            GuardedAsync(parsed.GetValue(settings) ?? [], output, errors, configure, act, cancellationToken);

        var root = new RootCommand("The Coordinator. Without a command it serves; with one it changes what agents and backends should do.")
        {
            AgentsCommand.Create(DoAsync),
            BackendsCommand.Create(DoAsync),
        };
        root.Options.Add(settings);
        var result = root.Parse(args);
        var status = await result.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        return result.Errors.Count > 0 ? CommandStatus.Unusable : status;
    }

    private static async Task<int> GuardedAsync(
        string[] settings,
        TextWriter output,
        TextWriter errors,
        Action<IConfigurationBuilder>? configure,
        Func<CommandSite, CancellationToken, Task> act,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var site = await CommandSite.OpenAsync(settings, output, configure, cancellationToken);
            await act(site, cancellationToken);
            return CommandStatus.Done;
        }
        catch (CommandFailedException failure)
        {
            await errors.WriteLineAsync(failure.Message);
            return failure.Status;
        }
        catch (OptionsValidationException invalid)
        {
            await errors.WriteLineAsync($"A setting is missing or wrong: {string.Join(" ", invalid.Failures)}");
            return CommandStatus.Unusable;
        }
        catch (DbUpdateConcurrencyException race)
        {
            await errors.WriteLineAsync(race.Message);
            return CommandStatus.Refused;
        }
    }
}
