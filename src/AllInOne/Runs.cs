using JobServer.AllInOne.Once;
using Spectre.Console;

namespace JobServer.AllInOne;

/// <summary>The two ways to run: serve until told to stop, or do the main job once.</summary>
internal static class Runs
{
    public static async Task<int> ServeAsync(AllInOneOptions options, CancellationToken cancellationToken)
    {
        if (await StartAsync(options, cancellationToken) is not { } site)
        {
            return 1;
        }

        await using (site)
        {
            AnsiConsole.MarkupLine($"JobServer is ready at [bold]{Markup.Escape(site.PortalAddress)}[/]");
            AnsiConsole.MarkupLine("Sign in there by picking one of the demo people; [bold]Project Developer[/] can run the demo study.");
            AnsiConsole.MarkupLine($"Everything is kept in {Markup.Escape(options.DataDirectory)}. Press Ctrl-C to stop.");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            AnsiConsole.MarkupLine("Stopping; jobs that run go on and are picked up at the next start.");
        }

        return 0;
    }

    public static async Task<int> OnceAsync(AllInOneOptions options, bool force, CancellationToken cancellationToken)
    {
        if (await StartAsync(options with { Port = 0 }, cancellationToken) is not { } site)
        {
            return 1;
        }

        await using (site)
        {
            // A pipe or a log file has no width of its own; tables need room for a digest.
            if (Console.IsOutputRedirected)
            {
                AnsiConsole.Profile.Width = 180;
            }

            return await new OnceRun(site, AnsiConsole.Console).RunAsync(force, cancellationToken) ? 0 : 1;
        }
    }

    /// <summary>Null when the site cannot start; the reason was printed.</summary>
    private static async Task<AllInOneSite?> StartAsync(AllInOneOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await AllInOneSite.StartAsync(options, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"JobServer cannot start: {exception.Message}");
            return null;
        }
    }
}
