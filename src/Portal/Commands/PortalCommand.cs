using System.CommandLine;

namespace JobServer.Portal.Commands;

/// <summary>Acts of an operator on the Portal's own command line, beside serving pages.</summary>
internal static class PortalCommand
{
    public const int Done = 0;
    public const int Broken = 1;
    public const int Unusable = 2;

    /// <summary>Whether the program is to do a command: without one, or with settings alone, it serves.</summary>
    public static bool IsCommand(string[] args) =>
        args is [{ Length: > 0 } first, ..] && ((first[0] is not ('-' or '/') && !first.Contains('=', StringComparison.Ordinal)) || first is "-h" or "--help" or "-?");

    /// <returns>The exit status.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("The Portal. Without a command it serves pages.") { new Command("audit", "The record of people's acts.") { AuditVerifyCommand.Create() } };
        var parsed = root.Parse(args);
        var status = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        return parsed.Errors.Count > 0 ? Unusable : status;
    }
}
