using System.CommandLine;
using JobServer.Cli.Checking;
using JobServer.Cli.Outputs;
using JobServer.Cli.Planning;

namespace JobServer.Cli;

internal static class JobServerCommand
{
    /// <summary>Runs the tool and gives its exit status.</summary>
    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var root = new RootCommand("Checks a study's project.yaml and its outputs, and shows what a run would do. Works without a network.")
        {
            CheckCommand.Create(terminal),
            PlanCommand.Create(terminal),
            OutputsCommand.Create(terminal),
        };
        var parsed = root.Parse(args);
        var status = await parsed.InvokeAsync(new InvocationConfiguration { Output = terminal.Output, Error = terminal.Errors });
        return parsed.Errors.Count > 0 ? ExitStatus.Unusable : status;
    }
}
