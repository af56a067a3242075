using System.CommandLine;

namespace JobServer.AllInOne;

/// <summary>The options of the program, as <c>run.sh</c> passes them on.</summary>
internal static class CommandLine
{
    private const int DefaultPort = 5080;

    public static ParseResult Parse(string[] args)
    {
        var port = new Option<int>("--port") { Description = "The port of the web pages; 0 takes a free one.", DefaultValueFactory = _ => DefaultPort };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535)
            {
                result.AddError("--port must be a number from 0 to 65535.");
            }
        });
        var data = new Option<DirectoryInfo>("--data") { Description = "Where the site keeps its database and files.", DefaultValueFactory = _ => new DirectoryInfo("data") };
        var once = new Option<bool>("--once") { Description = "Run the demo study to its released outputs, check them, and stop." };
        var force = new Option<bool>("--force") { Description = "With --once: run every action again." };
        var command = new RootCommand("JobServer with Portal, Coordinator and agents in one process, on SQLite, with a demo site.") { port, data, once, force };
        command.SetAction(async (result, cancellation) =>
        {
            var options = new AllInOneOptions
            {
                Port = result.GetValue(port),
                DataDirectory = Path.GetFullPath(result.GetValue(data)!.FullName),
                IsQuiet = result.GetValue(once),
            };
            return result.GetValue(once)
                ? await Runs.OnceAsync(options, result.GetValue(force), cancellation)
                : await Runs.ServeAsync(options, cancellation);
        });
        return command.Parse(args);
    }
}
