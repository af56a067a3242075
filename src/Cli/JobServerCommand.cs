using System.CommandLine;
using JobServer.Cli.Checking;
using JobServer.Cli.Planning;

namespace JobServer.Cli;

internal static class JobServerCommand
{
    public static RootCommand Create(Terminal terminal)
    {
        var root = new RootCommand("Checks a study's project.yaml and shows what a run of it would do. Works without a network.")
        {
            CheckCommand.Create(terminal),
            PlanCommand.Create(terminal),
        };
        return root;
    }
}
