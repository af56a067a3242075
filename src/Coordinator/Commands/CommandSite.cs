using System.Data.Common;
using JobServer.Data;
using JobServer.Data.Agents;
using JobServer.Data.Sqlite;
using JobServer.Data.SqlServer;
using JobServer.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JobServer.Coordinator.Commands;

/// <summary>What a command works with: the database of the Coordinator's own settings, and where it writes to.</summary>
internal sealed class CommandSite : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private CommandSite(ServiceProvider services, TextWriter output)
    {
        _services = services;
        Output = output;
    }

    public TextWriter Output { get; }

    public ModeChanges Modes => _services.GetRequiredService<ModeChanges>();

    public AgentSights Sights => _services.GetRequiredService<AgentSights>();

    public DateTimeOffset Now => _services.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <exception cref="CommandFailedException">There is no database of this version.</exception>
    public static async Task<CommandSite> OpenAsync(
        string[] settings, TextWriter output, Action<IConfigurationBuilder>? configure, CancellationToken cancellationToken)
    {
        var configuration = Configuration(settings, configure);
        var services = new ServiceCollection();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Random>(_ => new SynchronizedRandom());
        services.AddJobServerData(configuration, new SqliteProvider(), new SqlServerProvider());
        var site = new CommandSite(services.BuildServiceProvider(), output);
        try
        {
            await site.CheckAsync(cancellationToken);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static IConfigurationRoot Configuration(string[] settings, Action<IConfigurationBuilder>? configure)
    {
        var builder = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("coordinator.json", optional: true)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables();
        configure?.Invoke(builder);
        return builder.AddInMemoryCollection(settings.Select(Pair)).Build();
    }

    private static KeyValuePair<string, string?> Pair(string setting) => setting.IndexOf('=', StringComparison.Ordinal) switch
    {
        > 0 and var at => KeyValuePair.Create(setting[..at], (string?)setting[(at + 1)..]),
        _ => throw new CommandFailedException(CommandStatus.Unusable, $"--setting {setting} has no name and value: write --setting Name=Value."),
    };

    // A command never makes or changes a database: the Coordinator's start does.
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var db = await _services.GetRequiredService<IDbContextFactory<JobServerDb>>().CreateDbContextAsync(cancellationToken);
        try
        {
            if (!await db.Database.CanConnectAsync(cancellationToken))
            {
                throw new CommandFailedException(CommandStatus.Unusable, "There is no database at Database:ConnectionString. Start the Coordinator once, which makes it, or correct the setting.");
            }

            if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                throw new CommandFailedException(CommandStatus.Unusable, "The database is of an older version. Start the Coordinator of this version once, which brings it up to date.");
            }
        }
        catch (DbException failure)
        {
            throw new CommandFailedException(CommandStatus.Unusable, $"The database cannot be used: {failure.Message}");
        }
    }
}
