using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobServer.Data;

/// <summary>Brings the database to this program's model before anything is served.</summary>
public sealed partial class DatabaseMigrator(
    IDbContextFactory<JobServerDb> contexts,
    IDatabaseProvider provider,
    IOptions<DatabaseOptions> options,
    TimeProvider timeProvider,
    ILogger<DatabaseMigrator> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <exception cref="InvalidOperationException">Another process kept the migration lock too long, or died holding it.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        provider.Prepare(options.Value.ConnectionString);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // A lock row left by a killed process would block even a start with nothing to migrate, so look first.
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count == 0)
        {
            return;
        }

        LogMigrating(logger, pending.Count, pending[^1]);
        using var deadline = new CancellationTokenSource(Patience, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await db.Database.MigrateAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested)
        {
            throw new InvalidOperationException(
                $"The database could not be migrated within {Patience.TotalMinutes} minutes. If no other process is migrating it, "
                + "one was killed while it did: delete the row of the table __EFMigrationsLock and start again.",
                exception);
        }
    }

    [LoggerMessage(100, LogLevel.Information, "Applying {Count} database migrations up to {Newest}")]
    private static partial void LogMigrating(ILogger logger, int count, string newest);
}
